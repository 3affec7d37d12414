// Every command at the top, by name: what --help needs to know of it, and where the rest is. No module of a command is read
// before it is called: 40 of them with their nested ones would take a quarter of what --help may take.
//
// To add one: write commands/<name>.ts with an `addXCommand(program, cli)`, made of `addCommand`; add its line here with the same
// name, arguments and summary (test/cli/program.test.ts compares them). Nested ones need no line: they belong to their parent.
import type { Command } from 'commander'
import type { Cli } from './cli.ts'

type AddCommands = (program: Command, cli: Cli) => void

interface ListedCommand {
  readonly nameAndArguments: string
  readonly summary: string
  readonly load: () => Promise<AddCommands>
}

const listed = (nameAndArguments: string, summary: string, load: ListedCommand['load']): ListedCommand => ({
  nameAndArguments,
  summary,
  load,
})

/** By the heading that they stand under in --help. */
export const COMMAND_LIST: Readonly<Record<string, readonly ListedCommand[]>> = {
  'Every day:': [
    listed(
      'import',
      'take over recipients and time zones from files',
      async () => (await import('./commands/import.ts')).addImportCommands,
    ),
    listed(
      'schedule',
      'send a text to everybody at this hour of their own time',
      async () => (await import('./commands/schedule.ts')).addScheduleCommand,
    ),
    listed(
      'run-due',
      'send everything that is due now, then end (for crontab)',
      async () => (await import('./commands/run-due.ts')).addRunDueCommand,
    ),
    listed(
      'daemon',
      'keep sending whatever becomes due, until told to stop',
      async () => (await import('./commands/daemon.ts')).addDaemonCommand,
    ),
    listed(
      'stats [mailing]',
      'show how mailings went: by state, by zone, how late',
      async () => (await import('./commands/stats.ts')).addStatsCommand,
    ),
  ],
  'The address book:': [
    listed(
      'recipients',
      'list, look at and keep the people of the address book',
      async () => (await import('./commands/recipients.ts')).addRecipientsCommands,
    ),
    listed(
      'districts',
      'list districts with their zones, change one',
      async () => (await import('./commands/districts.ts')).addDistrictsCommands,
    ),
    listed(
      'block <addresses...>',
      'never write to these phones or e-mails, whoever has them, also after an import',
      async () => (await import('./commands/block.ts')).addBlockCommands,
    ),
    listed(
      'unblock <addresses...>',
      'let phones or e-mails be written to again',
      async () => (await import('./commands/block.ts')).addBlockCommands,
    ),
    listed(
      'blocklist',
      'list the addresses that are never written to',
      async () => (await import('./commands/block.ts')).addBlockCommands,
    ),
  ],
  'Look closer, steer:': [
    listed(
      'log <what>',
      'tell what happened to a mailing, a message or a recipient, in the order of time',
      async () => (await import('./commands/log.ts')).addLogCommand,
    ),
    listed(
      'report',
      'tell how a day went, as text that can be mailed',
      async () => (await import('./commands/report.ts')).addReportCommand,
    ),
    listed(
      'mailings',
      'list mailings, pause, resume, cancel, clone or approve one',
      async () => (await import('./commands/mailings.ts')).addMailingsCommands,
    ),
    listed(
      'messages',
      'list messages; show, cancel or send one now',
      async () => (await import('./commands/messages.ts')).addMessagesCommands,
    ),
    listed(
      'preview [mailing]',
      'show what a text becomes for a recipient, and how many SMS that is',
      async () => (await import('./commands/preview.ts')).addPreviewCommand,
    ),
    listed(
      'test [mailing]',
      'send one test message at once, to an address of your own',
      async () => (await import('./commands/test.ts')).addTestCommand,
    ),
    listed(
      'retry <mailing>',
      'send a mailing once more, only to those who did not get it',
      async () => (await import('./commands/retry.ts')).addRetryCommand,
    ),
    listed(
      'gateways',
      'see how the gateways are, pause or resume one',
      async () => (await import('./commands/gateways.ts')).addGatewaysCommands,
    ),
    listed(
      'doctor',
      'check everything, and say what to do where something is wrong',
      async () => (await import('./commands/doctor.ts')).addDoctorCommand,
    ),
  ],
  'Keep it safe:': [
    listed(
      'hold',
      'hold everything: within a second nothing leaves any more, from any process',
      async () => (await import('./commands/hold.ts')).addHoldCommand,
    ),
    listed(
      'release',
      'let everything go on that is held, by a person or by notify itself',
      async () => (await import('./commands/release.ts')).addReleaseCommand,
    ),
    listed(
      'backup <file>',
      'copy the database into a file and check the copy, while others go on sending',
      async () => (await import('./commands/backup.ts')).addBackupCommand,
    ),
    listed(
      'restore <file>',
      'put a backup in the place of the database; nothing is sent until you say so',
      async () => (await import('./commands/restore.ts')).addRestoreCommand,
    ),
    listed(
      'reconcile [mailing]',
      'after a restore: see what may have been sent since the backup, and decide',
      async () => (await import('./commands/reconcile.ts')).addReconcileCommand,
    ),
    listed(
      'prune',
      'take out mailings that ended long ago, with their messages',
      async () => (await import('./commands/prune.ts')).addPruneCommand,
    ),
  ],
  'Begin, try:': [
    listed(
      'init',
      'write a commented notify.toml into this folder',
      async () => (await import('./commands/init.ts')).addInitCommand,
    ),
    listed(
      'config',
      'show every setting, and where it comes from',
      async () => (await import('./commands/config.ts')).addConfigCommand,
    ),
    listed(
      'demo',
      'see the main job done: a day of all Russian zones in 15 seconds',
      async () => (await import('./commands/demo.ts')).addDemoCommand,
    ),
    listed(
      'sandbox',
      'answer as a gateway on this machine, and show what it got',
      async () => (await import('./commands/sandbox.ts')).addSandboxCommand,
    ),
  ],
  'Help:': [
    listed(
      'help [words...]',
      'explain a command or a topic',
      async () => (await import('./commands/help-topics.ts')).addHelpTopics,
    ),
    listed(
      'completion <shell>',
      'print the script that completes commands, flags and values at TAB',
      async () => (await import('./commands/completion.ts')).addCompletionCommand,
    ),
    listed(
      'version',
      'print the version, and what it rests on',
      async () => (await import('./commands/version.ts')).addVersionCommand,
    ),
  ],
}
