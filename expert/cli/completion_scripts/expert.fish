function _expert_completion
    for line in (COMP_LINE=(commandline -cp | string collect) _EXPERT_COMPLETE=fish_complete expert)
        set -l item (string split -m 2 \t -- $line)
        if test "$item[1]" = file
            printf '%s\n' "$item[3]"(__fish_complete_path "$item[2]")
        else
            printf '%s\t%s\n' "$item[2]" "$item[3]"
        end
    end
end
complete --command expert --no-files --arguments '(_expert_completion)'
