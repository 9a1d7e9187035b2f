import { Command } from 'commander';
import { connect } from './client.ts';
import type { GlobalOptions, Session } from './client.ts';

/** A command: its name with its arguments, one sentence, and examples. */
export function command(usage: string, description: string, ...examples: readonly string[]): Command {
  const made = new Command(usage.split(' ', 1)[0]).description(description);
  const args = usage.split(' ').slice(1).join(' ');
  if (args) made.arguments(args);
  if (examples.length > 0)
    made.addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`);
  return made;
}

export const globals = (self: Command): GlobalOptions => self.optsWithGlobals<GlobalOptions>();

/** Opens the session that the global options of a command ask for. */
export function session(self: Command): { session: Session; options: GlobalOptions } {
  const options = globals(self);
  return { session: connect(options), options };
}
