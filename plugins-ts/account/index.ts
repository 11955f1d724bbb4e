export { onLoad, onSave } from './form';
