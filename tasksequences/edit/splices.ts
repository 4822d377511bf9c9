import { isMap, type Node } from 'yaml'
import type { SequenceEdit } from './edit.ts'
import { removedFromBraces, removedFromLines, setInBraces, setInLines } from './pairs.ts'
import { afterKey } from './render.ts'
import { endOf, endOfPair, lineStart, nextLine, pairOf, startOf, type Source } from './source.ts'
import type { Splice } from './splice.ts'
import { movedStep, withoutStep, withStep } from './step-list.ts'
import { stepAt, type StepNode } from './step-node.ts'
import { withOption, withSetting } from './setting-splices.ts'

/** The pieces of text that an edit changes; null when it cannot be done by pieces. */
export function splicesFor(source: Source, edit: SequenceEdit): Splice[] | null {
  switch (edit.kind) {
    case 'add-step':
      return withStep(source, edit.at, `${edit.type}: {}`)
    case 'remove-step':
      return withoutStep(source, edit.at)
    case 'move-step':
      return movedStep(source, edit.from, edit.to)
    case 'set-setting':
      return inStep(source, edit.at, (step) => withSetting(source, step, edit.key, edit.value ?? undefined))
    case 'set-option':
      return inStep(source, edit.at, (step) => withOption(source, step, edit.option, edit.value ?? undefined))
    case 'set-text':
      return one(topLevel(source, edit.key, edit.value))
    case 'set-variable':
      return one(variable(source, edit.name, edit.value))
    case 'remove-variable':
      return one(withoutVariable(source, edit.name))
  }
}

function one(splice: Splice | null): Splice[] | null {
  return splice === null ? null : [splice]
}

function inStep(source: Source, at: Parameters<typeof stepAt>[1], change: (step: StepNode) => Splice | null) {
  const step = stepAt(source, at)
  return step === null ? null : one(change(step))
}

function topLevel({ text, root }: Source, key: string, value: string | null): Splice | null {
  if (root === null) return null
  return value === null ? removedFromLines(text, root, key) : setInLines(text, root, key, value)
}

function variable({ text, root }: Source, name: string, value: unknown): Splice | null {
  const pair = pairOf(root, 'variables')
  const below = `variables:\n  ${name}: ${afterKey(value, 2)}\n`
  if (pair === null) {
    const first = pairOf(root, 'environment') ?? pairOf(root, 'windows')
    const at = first === null ? text.length : lineStart(text, startOf(first.key))
    return { from: at, to: at, text: `${below}\n` }
  }
  if (!isMap(pair.value)) {
    return isNothing(pair.value) ? { from: startOf(pair.key), to: nextLine(text, endOfPair(pair)), text: below } : null
  }
  if (pair.value.flow !== true) return setInLines(text, pair.value, name, value)
  return setInBraces(text, pair.value, name, value)
}

function withoutVariable({ text, root }: Source, name: string): Splice | null {
  const value = pairOf(root, 'variables')?.value
  if (!isMap(value)) return null
  return value.flow === true ? removedFromBraces(value, name) : removedFromLines(text, value, name)
}

function isNothing(value: Node | null): boolean {
  return value === null || startOf(value) === endOf(value)
}
