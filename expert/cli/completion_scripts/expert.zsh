#compdef expert
_expert_completion() {
    local line="${(j: :)words[1,CURRENT-1]} $PREFIX" kind value about
    local -a whole begun
    [[ $PREFIX == -*=* ]] && compset -P 1 '*='
    COMP_LINE=$line _EXPERT_COMPLETE=zsh_complete ${~words[1]} | while IFS=$'\t' read -r kind value about; do
        if [[ $kind == file ]]; then
            _files
        elif [[ $value == *= ]]; then
            begun+=("${value//:/\\:}${about:+:$about}")
        elif [[ $kind == plain ]]; then
            whole+=("${value//:/\\:}${about:+:$about}")
        fi
    done
    (( $#begun )) && _describe -V expert begun -S ''
    (( $#whole )) && _describe -V expert whole
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _expert_completion "$@"
else
    compdef _expert_completion expert
fi
