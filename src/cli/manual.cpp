#include <fmt/format.h>

#include "cli/interface.h"

namespace avstand::cli {
namespace {

/// Text as roff takes it: a backslash, a hyphen and a control character at the start of a line mean
/// something there.
std::string roff(std::string_view text) {
  std::string out;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    at_start = c == '\n';
  }
  return out;
}

std::string roff_usage(const OptionText& option) {
  std::string out;
  for (const std::string& name : option.names) {
    out += (out.empty() ? "" : ", ") + ("\\fB" + roff(name) + "\\fR");
  }
  if (!option.value.empty()) {
    out += (out.empty() ? "\\fI" : " \\fI") + roff(option.value) + "\\fR";
    if (option.several) out += " …";
  }
  return out;
}

std::string options_of(const CommandText& command) {
  std::string out;
  for (const OptionText& option : command.options) {
    out += ".TP\n" + roff_usage(option) + "\n" + roff(option.meaning);
    if (!option.choices.empty()) {
      out += roff(fmt::format(" ({})", fmt::join(option.choices, ", ")));
    }
    if (!option.value.empty() && !option.initial.empty()) {
      out += roff(fmt::format("; {} where it is left out", option.initial));
    }
    out += "\n";
  }
  return out;
}

/// Examples and the like are shown as they stand, lines and all.
std::string roff_block(const std::string& text) {
  return text.empty() ? "" : ".PP\n.nf\n" + roff(text) + "\n.fi\n";
}

}  // namespace

std::string manual_page(const std::vector<CommandText>& commands, std::string_view version) {
  const CommandText& whole = commands.front();
  std::string out = fmt::format(".TH AVSTAND 1 \"\" \"avstand {}\" \"User Commands\"\n", version);
  out += ".SH NAME\navstand \\- read news with a source critic's eye\n";
  out += ".SH SYNOPSIS\n\\fBavstand\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR …] [\\fIARGUMENT\\fR …]\n";
  out += ".SH DESCRIPTION\n" + roff(whole.meaning) + "\n" + roff_block(whole.footer);
  out += ".SH OPTIONS\n" + options_of(whole) + ".SH COMMANDS\n";
  for (size_t i = 1; i < commands.size(); ++i) {
    const CommandText& command = commands[i];
    out += ".SS avstand " + roff(command.name) + "\n" + roff(command.meaning) + ".\n";
    out += options_of(command) + roff_block(command.footer);
  }
  return out;
}

}  // namespace avstand::cli
