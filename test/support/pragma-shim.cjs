// Preloaded into the real program: what SQLite answers, at the end of each connection to notify.db, about how it was opened.
// One line of JSON each in the file NOTIFY_TEST_PRAGMAS.
const { appendFileSync } = require('node:fs')
const { basename } = require('node:path')
const Database = require('better-sqlite3')

const NAMES = ['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema', 'busy_timeout']
const { close } = Database.prototype

Database.prototype.close = function () {
  if (this.open && basename(this.name) === 'notify.db') {
    const answers = Object.fromEntries(NAMES.map((name) => [name, this.pragma(name, { simple: true })]))
    appendFileSync(process.env.NOTIFY_TEST_PRAGMAS, `${JSON.stringify(answers)}\n`)
  }
  return close.call(this)
}
