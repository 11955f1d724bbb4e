import type { Option, Options } from './arguments.ts';

export const text = (...aliases: string[]): Option => ({ kind: 'text', aliases });
export const required = (...aliases: string[]): Option => ({ kind: 'text', aliases, isRequired: true });
export const flag = (...aliases: string[]): Option => ({ kind: 'switch', aliases });

/** What every command may carry: where its log goes. The console is the only log there is. */
export const commonOptions: Options = { 'log-to-console': flag(), verbose: flag() };

/** Commands that wait. */
export const asyncOptions: Options = { async: flag('a'), 'max-async-wait-time': text('wt') };
