// Districts as an operator keeps them by hand: listed, given a zone, another name.
import type { Database } from 'better-sqlite3'
import { districtKey } from '../../domain/zone.ts'
import type { District, DistrictEdit, DistrictNow, DistrictStore, EditedDistrict } from '../district-store.ts'
import { noteAct } from './audit.ts'
import { noteBookChange } from './book-change.ts'
import type { Connection } from './connection.ts'

export const districtEditing = ({ db, write }: Connection): Pick<DistrictStore, 'listDistricts' | 'editDistrict'> => ({
  listDistricts: async () =>
    db
      .prepare<[], Omit<District, 'otherNames'> & { readonly keys: string }>(
        `select name, zone, coalesce(sum(n), 0) as recipients,
           (select json_group_array(key) from (select key from district_keys join districts as own on own.id = district_id
             where own.name = districts.name order by key)) as keys
         from districts left join
           (select district_id, count(*) as n from recipients where district_id is not null group by district_id)
           on district_id = districts.id
         where name <> '' group by name order by name`,
      )
      .all()
      .map(({ name, zone, recipients, keys }) => ({ name, zone, recipients, otherNames: otherNames(name, keys) })),

  editDistrict: async (key, edit, by, { dryRun }) => {
    const body = (): EditedDistrict & { readonly ids?: readonly number[] } => {
      const plan = planEdit(db, key, edit)
      if (plan.kind !== 'planned') return plan
      const { before, after, ids, keys, namesAdded } = plan
      const isNothing = before.name === after.name && before.zone === after.zone && keys.length === 0
      if (!dryRun && !isNothing) {
        db.prepare('update districts set name = ?, zone = ? where name = ?').run(after.name, after.zone, before.name)
        const add = db.prepare('insert into district_keys (key, district_id) values (?, ?)')
        for (const each of keys) add.run(each, plan.id)
        noteBookChange(db, by.at)
        noteAct(db, 'district changed', by, { detail: detailOf(before, after, namesAdded) })
      }
      return {
        kind: 'saved',
        before,
        after,
        namesAdded,
        recipientsMoved: 0,
        ids: before.zone === after.zone ? [] : ids,
      }
    }
    const { ids = [], ...edited } = dryRun ? body() : await write(body)
    if (edited.kind !== 'saved') return edited
    return { ...edited, recipientsMoved: countMoved(db, ids) } // one pass over all recipients: not while the lock is held
  },
})

const otherNames = (name: string, keys: string): readonly string[] => {
  const all: unknown = JSON.parse(keys)
  return Array.isArray(all) ? all.map(String).filter((key) => key !== districtKey(name)) : []
}

type Plan =
  | Exclude<EditedDistrict, { kind: 'saved' }>
  | {
      readonly kind: 'planned'
      readonly id: number
      /** A district that was merged away has the same name until its recipients have moved. */
      readonly ids: readonly number[]
      readonly before: DistrictNow
      readonly after: DistrictNow
      readonly keys: readonly string[]
      readonly namesAdded: readonly string[]
    }

const planEdit = (db: Database, key: string, edit: DistrictEdit): Plan => {
  const find = db.prepare<[string], DistrictNow & { readonly id: number }>(
    'select id, name, zone from district_keys join districts on id = district_id where key = ?',
  )
  const known = find.get(key)
  if (known === undefined) return { kind: 'unknown' }
  const { id, name, zone } = known
  const keys = new Set<string>()
  for (const each of [...(edit.name === null ? [] : [edit.name]), ...edit.otherNames]) {
    const wanted = districtKey(each)
    const owner = find.get(wanted)
    if (owner !== undefined && owner.name !== name) return { kind: 'conflict', name: each, other: owner.name }
    if (owner === undefined) keys.add(wanted)
  }
  const ids = db.prepare<[string], number>('select id from districts where name = ?').pluck().all(name)
  const after = { name: edit.name ?? name, zone: edit.zone ?? zone }
  const namesAdded = edit.otherNames.filter((each) => keys.has(districtKey(each)))
  return { kind: 'planned', id, ids, before: { name, zone }, after, keys: [...keys], namesAdded }
}

const detailOf = (before: DistrictNow, after: DistrictNow, namesAdded: readonly string[]): Record<string, unknown> => ({
  district: before.name,
  ...(before.name === after.name ? {} : { name: [before.name, after.name] }),
  ...(before.zone === after.zone ? {} : { zone: [before.zone, after.zone] }),
  ...(namesAdded.length === 0 ? {} : { otherNames: namesAdded }),
})

/** Recipients whose zone is that of their district. There is no index by district: one pass over them all. */
export const countMoved = (db: Database, ids: readonly number[]): number =>
  ids.length === 0
    ? 0
    : Number(
        db
          .prepare(
            'select count(*) from recipients where zone is null and district_id in (select value from json_each(?))',
          )
          .pluck()
          .get(JSON.stringify(ids)),
      )
