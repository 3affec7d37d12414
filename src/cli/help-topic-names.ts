// Topics of `notify help` that belong to no command.
export const TOPICS = ['exit-codes', 'environment', 'time', 'filters', 'templates', 'states'] as const
