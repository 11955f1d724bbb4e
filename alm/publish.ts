import { parseArgs } from 'node:util';
import { BuildError } from './build-error.ts';
import { runPac } from './pac-tool.ts';

export const publishUsage = `npm run alm -- publish [--environment URL]

  --environment  where; the one pac is signed in to when left out`;

/** `npm run alm -- publish`: publishes all customizations of an environment, through Microsoft's own tool. */
export async function publish(options: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: options,
    allowPositionals: true,
    options: { environment: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return console.log(publishUsage);
  if (positionals.length > 0) throw new BuildError('publish takes no names: all of the environment is published.');
  const words = ['solution', 'publish'];
  await runPac({ action: 'publishSolution', environment: values.environment, words, inputs: {} });
}
