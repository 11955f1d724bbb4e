import type { IComboBoxStyles, IDropdownStyles, ITextFieldStyles } from '@fluentui/react';

const box = { background: 'var(--field)', borderRadius: 4, border: '1px solid transparent' };
const focused = { '::after': { borderColor: 'var(--brand)' } };

/** Fields of model-driven apps: filled, without a frame until they are used. */
export const textStyles: Partial<ITextFieldStyles> = {
  fieldGroup: { ...box, selectors: { ':hover': { borderColor: 'var(--line)' }, ...focused } },
};

export const dropdownStyles: Partial<IDropdownStyles> = {
  title: { ...box, selectors: { ':hover': { borderColor: 'var(--line)' } } },
  dropdown: { selectors: focused },
};

export const comboStyles: Partial<IComboBoxStyles> = {
  root: {
    ...box,
    selectors: { '::after': { borderColor: 'transparent' }, '.ms-Button': { background: 'transparent' } },
  },
  input: { background: 'transparent' },
};
