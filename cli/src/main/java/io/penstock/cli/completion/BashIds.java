package io.penstock.cli.completion;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What picocli's script for bash and zsh cannot: at places where an id belongs the server is asked.
 * Not if the line names another server than the environment does: its ids would be of no use.
 */
final class BashIds {
  private final List<String> places = new ArrayList<>();

  private BashIds() {}

  /** To be put behind the script, whose function it calls first. */
  static String of(CommandLine whole) {
    BashIds ids = new BashIds();
    ids.collect(whole, "");
    return """

        # Ids are known to the server only.
        function _complete_NAME_with_ids() {
          _complete_NAME
          local code=$? before='' ids='' i
          local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
          for (( i=1; i<COMP_CWORD; i++ )); do before+="${COMP_WORDS[i]} "; done
          case "$before" in
            *"--server "*) ;;
        PLACES
          esac
          if [[ -n "$ids" && "$word" != -* ]]; then
            local IFS=$'\\n'
            COMPREPLY+=( $(compgen -W "$(PENSTOCK_COMPLETING=1 "${COMP_WORDS[0]}" completion --ids "$ids" 2>/dev/null)" -- "$word") )
          fi
          return $code
        }
        complete -F _complete_NAME_with_ids -o default NAME NAME.sh NAME.bash
        """
        .replace("PLACES", String.join("\n", ids.places))
        .replace("_NAME", "_" + whole.getCommandName())
        .replace(" NAME", " " + whole.getCommandName());
  }

  private void collect(CommandLine command, String words) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      for (String name : option.names()) {
        add(option, "\"" + words + "\"*\"" + name + " \")", "");
      }
    }
    for (ArgSpec parameter : command.getCommandSpec().positionalParameters()) {
      add(parameter, "\"" + words + "\"*)", "[[ \"$previous\" == -* ]] || ");
    }
    command.getSubcommands().forEach((word, sub) -> collect(sub, words + word + " "));
  }

  private void add(ArgSpec argument, String pattern, String unless) {
    if (argument.completionCandidates() instanceof Offered offered) {
      places.add("    %s %sids=%s ;;".formatted(pattern, unless, offered.ids()));
    }
  }
}
