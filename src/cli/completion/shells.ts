// What a shell is told once, so that it asks `notify __complete` at each TAB. All that is known of commands stays in the program.

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof SHELLS)[number]

/** What `__complete` says where the shell's own completion of file names is wanted. */
export const FILES = ':files'

/** bash parts words at ":" and "=", and knows nothing of descriptions: it hands over its line and the part of it that it replaces, and gets back what it is to insert. */
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
  done < <(notify __complete --shell bash -- "\${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
}
complete -F _notify notify
`

/** zsh and fish quote what they insert by themselves. In zsh the word is read without its open quote; `_describe` takes "\" and ":" for its own. */
const ZSH = `#compdef notify
# completion of notify for zsh
_notify() {
  local line value quote=\${QIPREFIX[-1]} files=0
  local -a replies
  local current="\${(Q):-$QIPREFIX$PREFIX$quote}"
  while IFS= read -r line; do
    if [[ $line == '${FILES}' ]]; then
      files=1
    elif [[ -n $line ]]; then
      value=\${line%%$'\\t'*}
      value=\${value//\\\\/\\\\\\\\}
      replies+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
    fi
  done < <(notify __complete --shell zsh -- "\${(@Q)words[2,CURRENT-1]}" "$current" 2>/dev/null)
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
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for quote in '' '"' "'"
        if set -l unquoted (string unescape -- "$current$quote")
            set current "$unquoted"
            break
        end
    end
    for line in (notify __complete --shell fish -- $words[2..-1] "$current" 2>/dev/null)
        if test "$line" = '${FILES}'
            __fish_complete_path "$current"
        else
            printf '%s\\n' $line
        end
    end
end
complete -c notify -f -a '(__notify_complete)'
`

/** What is to be inserted, what it says in the list, what it is. The program speaks UTF-8, whatever the console does. */
const POWERSHELL = `# completion of notify for PowerShell
Register-ArgumentCompleter -Native -CommandName notify -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
    $current = $wordToComplete -replace '^["''\u2018-\u201F]', ''
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $lines = @(notify __complete --shell powershell -- @words $current 2>$null)
    } finally {
        [Console]::OutputEncoding = $encoding
    }
    foreach ($line in $lines) {
        if ($line -ne '${FILES}') {
            $text, $value, $about = $line -split "\t", 3
            [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $(if ($about) { $about } else { $value }))
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
