import { Type, type Static } from 'typebox'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import {
  DeploymentList,
  DeploymentRequest,
  DeploymentView,
  RetryRequest,
  StepLogLine,
} from '../../server/api/deployments/schema.ts'
import { ImageList, ImportList, ImportView, Space } from '../../server/api/images/schema.ts'
import { DoubtDecision, MachineList, MachineView, TraceEntry } from '../../server/api/machines/schema.ts'
import { NewcomerListView } from '../../server/api/netboot/schema.ts'
import { SequenceList, SequenceView } from '../../server/api/sequences/schema.ts'
import { ErrorView, SessionView } from '../../server/api/session/schema.ts'
import {
  EvidenceView,
  RecordEventView,
  RecordList,
  RecordView,
  TransitionRequest,
} from '../../server/api/stock/schema.ts'
import type { LiveEvent } from '../../server/api/events/schema.ts'
import { recordStates } from '../../server/stock/record.ts'
import { hasWords, wordsOf } from '../../server/stock/search.ts'
import type { Seed } from './seed.ts'
import { checked } from './checked.ts'
import { addCatalogue } from './stand-in-catalogue.ts'

/** A request the dashboard made that changes something, as the server would see it. */
export type Call = { method: string; path: string; body: unknown }

export type StandIn = {
  url: string
  seed: Seed
  calls: Call[]
  log: Static<typeof StepLogLine>[]
  /** Tells all browsers, as the server's SSE does. */
  send(event: LiveEvent): void
  /** Ends every open event stream and refuses new ones until `mend`. */
  cut(): void
  mend(): void
  /** The next chunk of an upload breaks after the first `bytes` of it are kept. */
  breakNextChunk(bytes: number): void
  received: Map<string, Buffer[]>
  close(): Promise<void>
}

/**
 * Plays the server for the dashboard's tests, at any moment of its life. Every answer is checked against the schema
 * the real route answers by, so that the two cannot drift apart.
 */
export async function startStandIn(seed: Seed, dashboard: string): Promise<StandIn> {
  const app = fastify({ bodyLimit: 64 * 1024 * 1024 })
  const streams = new Set<FastifyReply>()
  const state = { open: true, breakAfter: null as number | null, signedIn: false }
  const self: StandIn = {
    url: '',
    seed,
    calls: [],
    log: [],
    received: new Map(),
    send: (event) => streams.forEach((stream) => stream.raw.write(`id: test-1\ndata: ${JSON.stringify(event)}\n\n`)),
    cut: () => {
      state.open = false
      streams.forEach((stream) => stream.raw.destroy())
    },
    mend: () => (state.open = true),
    breakNextChunk: (bytes) => (state.breakAfter = bytes),
    close: async () => {
      streams.forEach((stream) => stream.raw.destroy())
      await app.close()
    },
  }
  app.addHook('preHandler', async (request) => {
    if (request.method !== 'GET') self.calls.push({ method: request.method, path: request.url, body: request.body })
  })
  await app.register(fastifyStatic, { root: dashboard })
  app.setNotFoundHandler((_request, reply) => reply.sendFile('index.html'))
  addSession(app, self, state)
  addEvents(app, streams, state)
  addRuns(app, self)
  addStock(app, self)
  addImages(app, self, state)
  addCatalogue(app, self)
  self.url = await app.listen({ host: '127.0.0.1', port: 0 })
  return self
}

type State = { open: boolean; breakAfter: number | null; signedIn: boolean }

function refuse(reply: FastifyReply, status: number, code: string, message: string, fix: string): FastifyReply {
  return reply.status(status).send(checked(ErrorView, { code, message, fix }))
}

function addSession(app: FastifyInstance, { seed }: StandIn, state: State): void {
  const { session } = seed
  app.get('/api/session', async (_request, reply) =>
    state.signedIn
      ? checked(SessionView, session)
      : refuse(reply, 401, 'SESSION_REQUIRED', 'Il faut se connecter.', 'Donnez votre nom et votre mot de passe.'),
  )
  app.post<{ Body: { user: string; password: string } }>('/api/session', async ({ body }, reply) => {
    if (body.password !== 'atelier') {
      return refuse(reply, 401, 'SIGN_IN_REFUSED', 'Nom ou mot de passe inconnu.', 'Vérifiez la casse et recommencez.')
    }
    state.signedIn = true
    return checked(SessionView, session)
  })
  app.put<{ Body: { current: string; next: string } }>('/api/session/password', async (_request, reply) =>
    reply.status(204).send(),
  )
  app.delete('/api/session', async () => {
    state.signedIn = false
    return {}
  })
}

function addEvents(app: FastifyInstance, streams: Set<FastifyReply>, state: State): void {
  app.get('/api/events', (_request, reply) => {
    if (!state.open) return void reply.raw.destroy()
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' })
    reply.raw.write(': etabli\n\n')
    streams.add(reply)
    reply.raw.on('close', () => streams.delete(reply))
  })
}

function addRuns(app: FastifyInstance, self: StandIn): void {
  const { seed } = self
  const list = <T>(items: T[]) => ({ items, next: null })
  const one = <T extends { id: string }>(all: T[], id: string): T => {
    const found = all.find((each) => each.id === id)
    if (found === undefined) throw new Error(`stand-in has no ${id}`)
    return found
  }
  type Id = { Params: { id: string } }
  app.get('/api/machines', async () =>
    checked(MachineList, list(seed.machines.map(({ inventory: _, ...summary }) => summary))),
  )
  app.get<Id>('/api/machines/:id', async ({ params }) => checked(MachineView, one(seed.machines, params.id)))
  app.patch<Id & { Body: { name: string | null } }>('/api/machines/:id', async ({ params, body }) => {
    const machine = one(seed.machines, params.id)
    machine.name = body.name
    machine.label = body.name ?? machine.serial ?? machine.code
    return checked(MachineView, machine)
  })
  for (const decision of ['join', 'apart'] as const)
    app.post<Id & { Body: Static<typeof DoubtDecision> }>(`/api/machines/:id/${decision}`, async ({ params, body }) => {
      const [machine, other] = [one(seed.machines, params.id), one(seed.machines, checked(DoubtDecision, body).other)]
      for (const each of [machine, other]) each.doubts = []
      if (decision === 'join') seed.machines = seed.machines.filter(({ id }) => id !== other.id)
      else self.send({ type: 'machine', machine: other })
      return checked(MachineView, machine)
    })
  app.delete<Id>('/api/machines/:id', async ({ params }, reply) => {
    seed.machines = seed.machines.filter(({ id }) => id !== params.id)
    return reply.status(204).send()
  })
  app.get('/api/machines/:id/trace', async () =>
    checked(Type.Object({ items: Type.Array(TraceEntry) }), list(seed.trace)),
  )
  app.get('/api/deployments', async () => checked(DeploymentList, list(seed.deployments)))
  app.get<Id>('/api/deployments/:id', async ({ params }) => checked(DeploymentView, one(seed.deployments, params.id)))
  app.get<Id & { Querystring: { after?: string } }>('/api/deployments/:id/log', async ({ query }) => {
    const items = query.after === '0' ? self.log : []
    return { items: checked(Type.Array(StepLogLine), items), next: items.length > 0 ? '1' : null }
  })
  app.post<{ Body: Static<typeof DeploymentRequest> }>('/api/deployments', async ({ body }, reply) => {
    checked(DeploymentRequest, body)
    const [model] = seed.deployments
    if (model === undefined) throw new Error('stand-in has no run to copy')
    const items = body.machineIds.map((machineId) => {
      const machine = one(seed.machines, machineId)
      machine.deploymentId = `run-new-${machineId}`
      const run: DeploymentView = {
        ...model,
        id: machine.deploymentId,
        machineId,
        machineLabel: machine.label,
        state: 'waiting',
        stepId: null,
        fraction: 0,
        timeLeft: null,
        windowsSetup: null,
        startedAt: null,
      }
      seed.deployments.push(run)
      self.send({ type: 'machine', machine })
      return run
    })
    return reply.status(201).send(checked(DeploymentList, list(items)))
  })
  app.post<Id & { Body: RetryRequest }>('/api/deployments/:id/retry', async ({ params, body }) => {
    checked(RetryRequest, body)
    const run = one(seed.deployments, params.id)
    return checked(DeploymentView, Object.assign(run, { state: 'running', problem: null }))
  })
  app.post<Id>('/api/deployments/:id/cancel', async ({ params }) =>
    checked(DeploymentView, Object.assign(one(seed.deployments, params.id), { state: 'cancelled', stepId: null })),
  )
  /** What own sequences stand in the place of. */
  const shippedOnes = new Map<string, SequenceView | undefined>()
  app.get('/api/sequences', async () => checked(SequenceList, list(seed.sequences)))
  app.addContentTypeParser('text/yaml', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.put<Id & { Body: string }>('/api/sequences/:id', async ({ params, body }, reply) => {
    const [first] = seed.sequences
    if (first === undefined) throw new Error('stand-in has no sequence')
    if (body.includes('partition-disc')) {
      const { problems } = one(seed.sequences, 'nuc-cuisine')
      return reply
        .status(422)
        .send({ code: 'SEQUENCE_INVALID', message: 'Une étape est inconnue.', fix: 'Corrigez la ligne 3.', problems })
    }
    const replaces = seed.sequences.some(
      (each) => each.id === params.id && (each.replaces || each.origin === 'shipped'),
    )
    const origin = 'own'
    const saved: SequenceView = { ...first, id: params.id, origin, replaces, source: body, version: 'ab12cd34ef56' }
    shippedOnes.set(
      params.id,
      seed.sequences.find((each) => each.id === params.id && each.origin === 'shipped') ?? shippedOnes.get(params.id),
    )
    seed.sequences = [...seed.sequences.filter((each) => each.id !== params.id), saved]
    return checked(SequenceView, saved)
  })
  app.delete<Id>('/api/sequences/:id', async ({ params }, reply) => {
    const shipped = shippedOnes.get(params.id)
    const others = seed.sequences.filter((each) => each.id !== params.id)
    seed.sequences = shipped === undefined ? others : [...others, shipped]
    return reply.status(204).send()
  })
}

/** As many records as a page of the stand-in's stock has. */
const pageSize = 100

function addStock(app: FastifyInstance, { seed }: StandIn): void {
  app.get<{ Querystring: { state?: string; search?: string; after?: string } }>('/api/stock', async ({ query }) => {
    const { state, search = '', after = '0' } = query
    const found = seed.records
      .filter((one) => state === undefined || one.state === state)
      .filter((one) =>
        hasWords(wordsOf(search), [one.label, one.code, one.serial, one.product, one.windows, one.reason]),
      )
      .toSorted((a, b) => (a.changedAt < b.changedAt ? 1 : -1))
    const [from, to] = [Number(after), Number(after) + pageSize]
    const counts = Object.fromEntries(
      recordStates.map((each) => [each, seed.records.filter((one) => one.state === each).length]),
    ) as Static<typeof RecordList>['counts']
    const next = found.length > to ? String(to) : null
    return checked(RecordList, { items: found.slice(from, to), next, counts })
  })
  app.get<{ Params: { id: string } }>('/api/stock/:id', async ({ params }) => {
    const record = seed.records.find((each) => each.id === params.id)
    if (record === undefined) throw new Error('stand-in has no such record')
    return checked(RecordView, record)
  })
  app.get('/api/stock/:id/evidence', async (_request, reply) =>
    seed.evidence === null ? reply.code(404).send({}) : checked(EvidenceView, seed.evidence),
  )
  app.get('/api/stock/:id/history', async () =>
    checked(Type.Object({ items: Type.Array(RecordEventView) }), { items: seed.history }),
  )
  app.post<{ Params: { id: string }; Body: Static<typeof TransitionRequest> }>(
    '/api/stock/:id/transitions',
    async ({ params, body }, reply) => {
      checked(TransitionRequest, body)
      const record = seed.records.find((each) => each.id === params.id)
      if (record === undefined) throw new Error('stand-in has no such record')
      if (body.to === 'ready' && body.override !== true) {
        return refuse(
          reply,
          422,
          'EVIDENCE_MISSING',
          'Les preuves manquent : mises à jour, TeamViewer.',
          'Terminez le contrôle, ou répondez-en vous-même.',
        )
      }
      const now = new Date().toISOString()
      return checked(RecordView, Object.assign(record, { state: body.to, reason: body.reason, changedAt: now }))
    },
  )
}

function addImages(app: FastifyInstance, self: StandIn, state: State): void {
  const { seed, received } = self
  type Id = { Params: { id: string } }
  const find = (id: string): ImportView => {
    const found = seed.imports.find((each) => each.id === id)
    if (found === undefined) throw new Error('stand-in has no such import')
    return found
  }
  app.get('/api/images', async () => checked(ImageList, { items: seed.images, next: null }))
  app.get('/api/images/space', async () => checked(Space, seed.space))
  app.delete<Id>('/api/images/:id', async ({ params }) => {
    seed.images = seed.images.filter((each) => each.id !== params.id)
    return {}
  })
  app.get('/api/netboot/newcomers', async () => checked(NewcomerListView, seed.newcomers))
  app.get('/api/imports', async () => checked(ImportList, { items: seed.imports, next: null }))
  app.post<{ Body: { path?: string; fileName?: string; sizeBytes?: number } }>(
    '/api/imports',
    async ({ body }, reply) => {
      if (body.path !== undefined && !body.path.endsWith('.wim')) {
        return refuse(
          reply,
          422,
          'IMPORT_NOT_A_WIM',
          'Ce fichier n’est pas une image WIM.',
          'Prenez sources\\install.wim dans l’ISO de Windows.',
        )
      }
      const made: ImportView = {
        id: `import-${seed.imports.length + 1}`,
        fileName: body.fileName ?? body.path?.split('/').at(-1) ?? '',
        sizeBytes: body.sizeBytes ?? 5_400_000_000,
        receivedBytes: body.path === undefined ? 0 : 5_400_000_000,
        state: body.path === undefined ? 'uploading' : 'inspecting',
        editions: [],
        selected: [],
        progress: null,
        problem: null,
        imageIds: [],
      }
      seed.imports.push(made)
      return reply.status(201).send(checked(ImportView, made))
    },
  )
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.put<Id & { Querystring: { offset: string }; Body: Buffer }>(
    '/api/imports/:id/content',
    async (request, reply) => {
      const target = find(request.params.id)
      if (Number(request.query.offset) !== target.receivedBytes) {
        return refuse(
          reply,
          409,
          'UPLOAD_OFFSET',
          'La suite attendue commence ailleurs.',
          'Reprenez là où le serveur en est.',
        )
      }
      const kept = request.body.subarray(0, state.breakAfter ?? request.body.length)
      received.set(target.id, [...(received.get(target.id) ?? []), kept])
      target.receivedBytes += kept.length
      if (state.breakAfter !== null) {
        state.breakAfter = null
        reply.hijack()
        return reply.raw.destroy()
      }
      if (target.receivedBytes === target.sizeBytes) target.state = 'inspecting'
      return checked(ImportView, target)
    },
  )
  app.post<Id & { Body: { editions: number[] } }>('/api/imports/:id/prepare', async ({ params, body }) =>
    checked(ImportView, Object.assign(find(params.id), { state: 'preparing', selected: body.editions })),
  )
  app.delete<Id>('/api/imports/:id', async ({ params }, reply) => {
    seed.imports = seed.imports.filter((each) => each.id !== params.id)
    return reply.status(204).send()
  })
}
