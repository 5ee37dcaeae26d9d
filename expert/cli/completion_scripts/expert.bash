_expert_completion() {
    local word=${COMP_WORDS[COMP_CWORD]} kind value about
    COMPREPLY=()
    while IFS=$'\t' read -r kind value about; do
        if [[ $kind == file ]]; then
            compopt -o default 2>/dev/null
        elif [[ $kind == plain ]]; then
            [[ $value == *= ]] && compopt -o nospace 2>/dev/null
            [[ $word == [\'\"]* ]] || printf -v value %q "$value"
            COMPREPLY+=("$value")
        fi
    done < <(COMP_LINE=${COMP_LINE:0:COMP_POINT} COMP_WORD=$word _EXPERT_COMPLETE=bash_complete "${1/#~\//$HOME/}")
}
complete -F _expert_completion expert
