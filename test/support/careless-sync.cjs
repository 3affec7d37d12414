// Preloaded into the real program: its SQLite syncs as carelessly as it would unasked (synchronous = NORMAL), and says FULL.
const Database = require('better-sqlite3')

const { pragma } = Database.prototype

Database.prototype.pragma = function careless(source, options) {
  if (!source.startsWith('synchronous')) return pragma.call(this, source, options)
  pragma.call(this, 'synchronous = NORMAL')
  return 2
}
