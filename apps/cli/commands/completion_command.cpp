#include "cli/commands/command.h"

namespace sotto::cli {
namespace {

// The scripts are made from the command line's own description, so they cannot fall behind it.

struct CommandWords {
  std::string name;
  std::string summary;
  /// What may follow: names of commands below it and long options.
  std::vector<std::string> words;
};

std::vector<std::string> long_options(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::vector<CommandWords> describe_commands(const CLI::App& app) {
  std::vector<CommandWords> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    CommandWords words{.name = command->get_name(), .summary = command->get_description(), .words = {}};
    for (const CLI::App* below : command->get_subcommands([](const CLI::App*) { return true; })) {
      words.words.push_back(below->get_name());
    }
    for (const std::string& option : long_options(*command)) words.words.push_back(option);
    for (const std::string& option : long_options(app)) {
      if (option != "--help" && option != "--version") words.words.push_back(option);
    }
    commands.push_back(std::move(words));
  }
  return commands;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string all_names(const std::vector<CommandWords>& commands) {
  std::vector<std::string> names;
  for (const CommandWords& command : commands) names.push_back(command.name);
  return joined(names);
}

/// A shell finds the command as the first word that is one, because options may stand before it.
std::string bash_script(const std::vector<CommandWords>& commands, const std::string& options) {
  std::string text =
      "_sotto() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} command= word words\n"
      "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
      "    case \" " +
      all_names(commands) +
      " \" in *\" $word \"*) command=$word; break ;; esac\n"
      "  done\n"
      "  case $command in\n";
  for (const CommandWords& command : commands)
    text += "    " + command.name + ") words='" + joined(command.words) + "' ;;\n";
  text += "    *) words='" + all_names(commands) + " " + options +
          "' ;;\n"
          "  esac\n"
          "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
          "}\n"
          "complete -F _sotto sotto\n";
  return text;
}

std::string zsh_script(const std::vector<CommandWords>& commands, const std::string& options) {
  std::string text =
      "#compdef sotto\n"
      "_sotto() {\n"
      "  local word command=\n"
      "  for word in ${words[2,CURRENT-1]}; do\n"
      "    if [[ \" " +
      all_names(commands) +
      " \" == *\" $word \"* ]]; then command=$word; break; fi\n"
      "  done\n"
      "  case $command in\n";
  for (const CommandWords& command : commands)
    text += "    " + command.name + ") compadd -- " + joined(command.words) + " ;;\n";
  text += "    *) compadd -- " + all_names(commands) + " " + options +
          " ;;\n"
          "  esac\n"
          "}\n"
          "compdef _sotto sotto\n";
  return text;
}

std::string fish_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char character : text)
    quoted += character == '\'' || character == '\\' ? std::string("\\") + character : std::string(1, character);
  return quoted + "'";
}

std::string fish_script(const std::vector<CommandWords>& commands, const std::string& options) {
  std::string text = "complete -c sotto -f\n";
  text += "complete -c sotto -n '__fish_use_subcommand' -a '" + options + "'\n";
  for (const CommandWords& command : commands) {
    text += "complete -c sotto -n '__fish_use_subcommand' -a " + command.name + " -d " + fish_quoted(command.summary) +
            "\n";
    text +=
        "complete -c sotto -n '__fish_seen_subcommand_from " + command.name + "' -a '" + joined(command.words) + "'\n";
  }
  return text;
}

}  // namespace

void add_completion_command(CommandTable& table) {
  const auto shell = std::make_shared<std::string>();
  CLI::App& app = table.app();
  CLI::App& command = table.add({"completion", "Print a completion script for a shell",
                                 "  sotto completion bash > /etc/bash_completion.d/sotto\n"
                                 "  sotto completion zsh > \"${fpath[1]}/_sotto\"\n"
                                 "  sotto completion fish > ~/.config/fish/completions/sotto.fish\n"},
                                [shell, &app](const GlobalOptions&, Console& console) {
                                  const auto commands = describe_commands(app);
                                  const std::string options = joined(long_options(app));
                                  if (*shell == "bash") console.print(bash_script(commands, options));
                                  if (*shell == "zsh") console.print(zsh_script(commands, options));
                                  if (*shell == "fish") console.print(fish_script(commands, options));
                                  return ExitCode::done;
                                });
  command.add_option("SHELL", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
}

}  // namespace sotto::cli
