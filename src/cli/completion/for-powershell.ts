// What PowerShell inserts for a value.

/**
 * In single quotes, unless it is plain; PowerShell takes the curly ones for quotes too, and doubled each stands for itself. null: before 7.3 it
 * hands " and a last \ on wrongly, and where a .cmd starts node, cmd.exe obeys the other characters, whatever quotes were around them.
 */
export const forPowerShell = (value: string): string | null => {
  if (/["%&|<>^!]|\\$/.test(value)) return null
  return PLAIN.test(value) ? value : `'${value.replaceAll(/['‘’‚‛]/g, '$&$&')}'`
}

/** Numbers of another form, and dots behind a dash, PowerShell reads in its own way. */
const PLAIN = /^(?:\d+|\p{L}[\p{L}\p{N}_./:+=-]*|--[a-z][\p{L}\p{N}_=-]*)$/u
