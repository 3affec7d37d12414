// What a shell is told once, so that it asks `notify __complete` at each TAB. All that is known of commands stays in the program.

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof SHELLS)[number]

/** What `__complete` says where the shell's own completion of file names is wanted. */
export const FILES = ':files'

/** bash parts words at ":" and "=", and knows nothing of descriptions: it hands over its line, and gets back what it is to insert. */
const BASH = `# completion of notify for bash
_notify() {
  local reply
  COMPREPLY=()
  while IFS= read -r reply; do
    if [[ $reply == '${FILES}' ]]; then
      compopt -o default
    elif [[ -n $reply ]]; then
      [[ $reply == --*= ]] && compopt -o nospace
      COMPREPLY+=("$reply")
    fi
  done < <(notify __complete --bash -- "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}
complete -F _notify notify
`

const ZSH = `#compdef notify
# completion of notify for zsh
_notify() {
  local line value files=0
  local -a replies
  while IFS= read -r line; do
    if [[ $line == '${FILES}' ]]; then
      files=1
    elif [[ -n $line ]]; then
      value=\${line%%$'\\t'*}
      replies+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
    fi
  done < <(notify __complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  (( \${#replies} )) && _describe 'notify' replies
  (( files )) && _files
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _notify "$@"
else
  compdef _notify notify
fi
`

const FISH = `# completion of notify for fish
function __notify_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (notify __complete -- $words[2..-1] 2>/dev/null)
        if test "$line" = '${FILES}'
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c notify -f -a '(__notify_complete)'
`

const POWERSHELL = `# completion of notify for PowerShell
Register-ArgumentCompleter -Native -CommandName notify -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text.Trim('"', "'") })
    notify __complete -- @words $wordToComplete 2>$null | ForEach-Object {
        if ($_ -ne '${FILES}') {
            $value, $description = $_ -split "\\t", 2
            $text = if ($value -match '\\s') { "'$value'" } else { $value }
            [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $(if ($description) { $description } else { $value }))
        }
    }
}
`

export const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH, powershell: POWERSHELL }

/** How it is installed for good. */
export const INSTALL: Readonly<Record<Shell, string>> = {
  bash: "echo 'source <(notify completion bash)' >> ~/.bashrc",
  zsh: 'notify completion zsh > "$fpath[1]/_notify"',
  fish: 'notify completion fish > ~/.config/fish/completions/notify.fish',
  powershell: 'notify completion powershell >> $PROFILE',
}
