export type Theme = 'light' | 'dark';
export const currentTheme = (): Theme => 'light';
