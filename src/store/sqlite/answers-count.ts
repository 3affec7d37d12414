// Messages counted by something, over one mailing or all of them; and how fast a gateway was.
import { type CountByState, type MessageState, noMessages } from '../../domain/message.ts'
import type { AnswerGroup, AnswerStore, Dimension } from '../answer-store.ts'
import { HOUR } from './answers-detail.ts'
import type { Connection } from './connection.ts'
import { inOneView } from './one-view.ts'

type CountingStore = Pick<AnswerStore, 'countBy' | 'sentByHour' | 'measuredRate'>

export const countingStore = (connection: Connection): CountingStore => ({
  countBy: inOneView(connection, (mailingId: number | null, by: Dimension) =>
    grouped(by === 'state' || by === 'gateway' ? kept(connection, mailingId, by) : read(connection, mailingId, by)),
  ),

  sentByHour: inOneView(connection, (mailingId: number | null) =>
    counted(connection, mailingId, `m.settled_at / ${HOUR} * ${HOUR}`, 'messages m', "m.state = 'sent'")
      .map(({ key, count }) => ({ hour: Number(key), count }))
      .sort((a, b) => a.hour - b.hour),
  ),

  measuredRate: async (gateway) => {
    const candidates = connection.db
      .prepare<[string], number>(
        `select g.id from mailings g join mailing_counts c on c.mailing_id = g.id and c.state = 'sent'
         where g.gateway = ? and c.count >= ${FEWEST_SENT} order by g.id desc limit 3`,
      )
      .pluck()
      .all(gateway)
    for (const id of candidates) {
      const rate = rateOf(connection, id)
      if (rate !== null) return rate
    }
    return null
  },
})

interface Count {
  readonly key: string
  readonly state: MessageState
  readonly count: number
}

const KEPT = { state: 'c.state', gateway: 'g.gateway' } as const

const kept = ({ db }: Connection, mailingId: number | null, by: keyof typeof KEPT): readonly Count[] =>
  db
    .prepare<unknown[], Count>(
      `select ${KEPT[by]} as key, c.state, sum(c.count) as count
       from mailing_counts c join mailings g on g.id = c.mailing_id
       where ? is null or c.mailing_id = ? group by 1, 2 having sum(c.count) > 0`,
    )
    .all(mailingId, mailingId)

const WITH_RECIPIENT = 'messages m join recipients r on r.id = m.recipient_id'

/** What a row is counted by, and where that stands. */
const READ = {
  reason: ['m.reason', 'messages m'],
  zone: ['m.zone', 'messages m'],
  district: ['d.name', `${WITH_RECIPIENT} left join districts d on d.id = r.district_id`],
  'operator-code': ['r.operator_code', WITH_RECIPIENT],
  hour: [`m.send_at / ${HOUR} * ${HOUR}`, 'messages m'],
} as const satisfies Record<Exclude<Dimension, keyof typeof KEPT>, readonly [string, string]>

const read = (connection: Connection, mailingId: number | null, by: keyof typeof READ): readonly Count[] => {
  const [key, tables] = READ[by]
  if (by !== 'reason') return counted(connection, mailingId, key, tables)
  // what is sent has none, and is counted already: of ten million that takes a second instead of three
  const sent = kept(connection, mailingId, 'state').filter(({ state }) => state === 'sent')
  const others = counted(connection, mailingId, key, tables, "m.state <> 'sent'")
  return [...sent.map(({ state, count }) => ({ key: '', state, count })), ...others]
}

/** By an upsert into a temporary table: a group by sorts all rows first, which takes twice as long, and a file for ten million. */
const counted = (
  { db }: Connection,
  mailingId: number | null,
  key: string,
  tables: string,
  condition = 'true',
): readonly Count[] => {
  db.exec(
    `create temp table if not exists answer_groups (key text, state text, count int, primary key (key, state)) without rowid;
     delete from temp.answer_groups`,
  )
  const whose = mailingId === null ? 'true' : 'm.mailing_id = ?'
  db.prepare(
    `insert into temp.answer_groups select coalesce(${key}, ''), m.state, 1 from ${tables}
     where ${whose} and ${condition} on conflict do update set count = count + 1`,
  ).run(...(mailingId === null ? [] : [mailingId]))
  return db.prepare<[], Count>('select key, state, count from temp.answer_groups').all()
}

const grouped = (counts: readonly Count[]): readonly AnswerGroup[] => {
  const groups = new Map<string, { key: string; total: number; states: CountByState }>()
  for (const { key, state, count } of counts) {
    const group = groups.get(key) ?? { key, total: 0, states: noMessages() }
    group.states[state] += count
    group.total += count
    groups.set(key, group)
  }
  return [...groups.values()]
}

const FEWEST_SENT = 100
const SAMPLE_ROWS = 20_000
/** A gateway that has nothing to do for longer than this is not slow. */
const LONGEST_GAP_MS = 10_000
/** Nor is it for the few that left later than the others of their stretch: spoilt answers were tried again. */
const STEADY = 0.95

/**
 * By the first rows of the mailing: who is due at one instant leaves in the order of its row, so that those of one zone among
 * them left one after the other, whatever stood behind them.
 */
const rateOf = ({ db }: Connection, mailingId: number): number | null => {
  const measured = db
    .prepare<[number], { readonly sent: number; readonly ms: number | null }>(
      `with sample as (select state, settled_at from messages where mailing_id = ? order by recipient_id limit ${SAMPLE_ROWS}),
         line as (select settled_at, settled_at - lag(settled_at) over (order by settled_at) as gap from sample where state = 'sent'),
         stretches as (select settled_at, gap, sum(gap is null or gap > ${LONGEST_GAP_MS})
           over (order by settled_at rows unbounded preceding) as stretch from line),
         places as (select gap, row_number() over (partition by stretch order by settled_at) as place,
           count(*) over (partition by stretch) as size from stretches)
       select count(*) as sent, sum(gap) as ms from places where place > 1 and place <= size * ${STEADY}`,
    )
    .get(mailingId)
  if (measured === undefined || measured.sent < (FEWEST_SENT - 1) * STEADY - 1) return null
  return (measured.sent / Math.max(1, measured.ms ?? 0)) * 1_000
}
