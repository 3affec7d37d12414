// token_file and token_env name a place. Some write the token itself there, so only what is called like a place is shown.

export const looksLikeFile = (file: string): boolean =>
  /^(?:[^\s]*[/\\])?[\w-]{1,40}\.(?:txt|token|key|secret)$/i.test(file)

export const looksLikeVariable = (name: string): boolean => /^[A-Z_][A-Z0-9_]{0,39}$/.test(name)
