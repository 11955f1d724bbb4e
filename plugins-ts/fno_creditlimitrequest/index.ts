export { approve, reject, retry } from './commands.ts';
export { onLoad } from './form.ts';
