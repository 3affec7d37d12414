// The flags that say who is meant -> an audience.
import { Fixable } from '../../domain/errors.ts'
import type { Audience } from '../../domain/mailing.ts'
import { districtKey, parseZone } from '../../domain/zone.ts'
import { checkTag } from '../../flow/tag-recipients.ts'
import type { AudienceOptions } from '../commands/audience-flags.ts'

/**
 * Fails with Fixable('usage') for a zone that nobody knows, an attribute that is not name=value, or a tag that nobody can have: by
 * --not-tag "" or --not-tag "a,b" everybody would be written to. Letters are taken as the address book keeps them (й typed as two).
 */
export const audienceOf = (options: AudienceOptions): Audience => ({
  tags: options.tag.map(checkTag),
  notTags: options.notTag.map(checkTag),
  operatorCodes: options.operatorCode,
  districts: options.district.map(districtKey),
  zones: options.zone.map(zoneOf),
  attributes: options.attr.map(attributeOf),
  neverReached: options.neverReached === true,
})

const zoneOf = (raw: string): string => {
  const zone = parseZone(raw)
  if (zone.ok) return zone.zone
  throw new Fixable('usage', `--zone "${raw}": ${zone.reason}`, 'Write it like --zone Asia/Yakutsk or --zone UTC+3.')
}

const attributeOf = (raw: string): Audience['attributes'][number] => {
  const [, name, value] = /^\s*([^=]*[^=\s])\s*=\s*(.*\S)\s*$/su.exec(raw) ?? []
  if (name !== undefined && value !== undefined) return { name: name.normalize('NFC'), value }
  throw new Fixable('usage', `--attr "${raw}" is not name=value`, 'Write it like --attr rank=gold.')
}

/** Each kind of filter that is given replaces the source's of that kind. */
export const replacedAudience = (source: Audience, given: Audience): Audience => ({
  tags: given.tags.length > 0 ? given.tags : source.tags,
  notTags: given.notTags.length > 0 ? given.notTags : source.notTags,
  operatorCodes: given.operatorCodes.length > 0 ? given.operatorCodes : source.operatorCodes,
  districts: given.districts.length > 0 ? given.districts : source.districts,
  zones: given.zones.length > 0 ? given.zones : source.zones,
  attributes: given.attributes.length > 0 ? given.attributes : source.attributes,
  neverReached: given.neverReached || source.neverReached,
})
