export { onLoad, onSave } from './form.ts';
