import { sql, type Kysely } from 'kysely'
import type { SqlWords } from './column-types.ts'

function machinesAndStock({ identity, strict }: SqlWords): string[] {
  return [
    `CREATE TABLE machines (
      id TEXT PRIMARY KEY,
      code TEXT NOT NULL UNIQUE,
      name TEXT,
      uuid TEXT,
      serial TEXT,
      manufacturer TEXT,
      product TEXT,
      macs TEXT NOT NULL,
      first_seen_at TEXT NOT NULL,
      last_seen_at TEXT NOT NULL,
      inventory TEXT
    )${strict}`,

    `CREATE TABLE records (
      id TEXT PRIMARY KEY,
      machine_id TEXT NOT NULL UNIQUE REFERENCES machines (id),
      state TEXT NOT NULL,
      reason TEXT NOT NULL,
      words TEXT,
      created_at TEXT NOT NULL,
      changed_at TEXT NOT NULL
    )${strict}`,

    `CREATE TABLE record_events (
      id ${identity},
      record_id TEXT NOT NULL REFERENCES records (id),
      at TEXT NOT NULL,
      made_by TEXT NOT NULL,
      from_state TEXT,
      to_state TEXT NOT NULL,
      reason TEXT NOT NULL,
      words TEXT,
      run_id TEXT
    )${strict}`,
    `CREATE INDEX record_events_of_record ON record_events (record_id, id)`,
  ]
}

function runs({ real, strict }: SqlWords): string[] {
  return [
    `CREATE TABLE runs (
      id TEXT PRIMARY KEY,
      machine_id TEXT NOT NULL REFERENCES machines (id),
      product TEXT,
      sequence_id TEXT NOT NULL,
      sequence_name TEXT NOT NULL,
      sequence_version TEXT NOT NULL,
      image TEXT,
      variables TEXT NOT NULL,
      facts TEXT NOT NULL,
      state TEXT NOT NULL,
      state_step INTEGER,
      state_at TEXT,
      state_by TEXT,
      state_reason TEXT,
      failure TEXT,
      created_at TEXT NOT NULL,
      created_by TEXT NOT NULL,
      agent_version TEXT,
      boot_id TEXT,
      disk_touched_at TEXT
    )${strict}`,
    `CREATE INDEX runs_of_machine ON runs (machine_id, created_at, id)`,
    `CREATE INDEX runs_by_time ON runs (created_at, id)`,
    // What keeps two runs from writing one machine's disk, whatever the code above it does.
    `CREATE UNIQUE INDEX runs_active ON runs (machine_id) WHERE state IN ('waiting', 'running', 'attention')`,

    `CREATE TABLE run_steps (
      run_id TEXT NOT NULL REFERENCES runs (id),
      idx INTEGER NOT NULL,
      id TEXT NOT NULL,
      phase TEXT NOT NULL,
      type TEXT NOT NULL,
      name TEXT NOT NULL,
      input TEXT NOT NULL,
      template TEXT NOT NULL,
      condition TEXT,
      weight ${real} NOT NULL,
      continue_on_error INTEGER NOT NULL,
      retries INTEGER NOT NULL,
      retried INTEGER NOT NULL,
      interruptions INTEGER NOT NULL,
      attempt INTEGER NOT NULL,
      served INTEGER NOT NULL,
      status TEXT NOT NULL,
      started_at TEXT,
      ended_at TEXT,
      heard_at TEXT,
      progress TEXT,
      result TEXT,
      failure TEXT,
      ignored INTEGER NOT NULL,
      reason TEXT,
      PRIMARY KEY (run_id, idx)
    )${strict}`,
  ]
}

function logAndLeases({ identity, strict }: SqlWords): string[] {
  return [
    `CREATE TABLE run_log (
      id ${identity},
      run_id TEXT NOT NULL REFERENCES runs (id),
      step_id TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      number INTEGER NOT NULL,
      at TEXT NOT NULL,
      level TEXT NOT NULL,
      text TEXT NOT NULL,
      UNIQUE (run_id, step_id, attempt, number)
    )${strict}`,
    `CREATE INDEX run_log_of_run ON run_log (run_id, id)`,

    `CREATE TABLE leases (
      address TEXT PRIMARY KEY,
      state TEXT NOT NULL,
      client TEXT NOT NULL,
      mac TEXT NOT NULL,
      host_name TEXT,
      started_at TEXT NOT NULL,
      expires_at TEXT NOT NULL
    )${strict}`,
  ]
}

function peopleAndTokens({ strict }: SqlWords): string[] {
  return [
    `CREATE TABLE users (
      name TEXT PRIMARY KEY,
      password_hash TEXT NOT NULL,
      role TEXT NOT NULL,
      created_at TEXT NOT NULL
    )${strict}`,
    `CREATE TABLE sessions (
      token_hash TEXT PRIMARY KEY,
      user_name TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
      created_at TEXT NOT NULL,
      expires_at TEXT NOT NULL
    )${strict}`,

    `CREATE TABLE agent_sessions (
      token_hash TEXT PRIMARY KEY,
      machine_id TEXT NOT NULL REFERENCES machines (id),
      boot_id TEXT NOT NULL,
      created_at TEXT NOT NULL
    )${strict}`,
    `CREATE INDEX agent_sessions_of_machine ON agent_sessions (machine_id)`,
    `CREATE TABLE run_tokens (
      token_hash TEXT PRIMARY KEY,
      run_id TEXT NOT NULL REFERENCES runs (id),
      machine_id TEXT NOT NULL REFERENCES machines (id),
      session_hash TEXT NOT NULL,
      created_at TEXT NOT NULL
    )${strict}`,
    `CREATE INDEX run_tokens_of_run ON run_tokens (run_id)`,

    `CREATE TABLE settings (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    )${strict}`,
  ]
}

/** Machines, stock, runs, leases, people and tokens. */
export async function up(database: Kysely<unknown>, words: SqlWords): Promise<void> {
  const statements = [machinesAndStock, runs, logAndLeases, peopleAndTokens].flatMap((part) => part(words))
  for (const statement of statements) await sql.raw(statement).execute(database)
}
