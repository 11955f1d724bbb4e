import { createTheme, type PartialTheme, type Theme as FluentTheme } from '@fluentui/react';

export type Theme = 'light' | 'dark';

const kept = 'theme';

export const currentTheme = (): Theme => (localStorage.getItem(kept) === 'dark' ? 'dark' : 'light');

/** Keeps the choice and gives the page its colours; what is drawn by Fluent UI takes them from `fluentTheme`. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(kept, theme);
  document.documentElement.dataset['theme'] = theme;
}

const shape: PartialTheme = {
  effects: { roundedCorner2: '4px' },
  defaultFontStyle: {
    fontFamily: "'Segoe UI', 'Segoe UI Web (West European)', -apple-system, BlinkMacSystemFont, Roboto, sans-serif",
  },
};

const light = createTheme({
  ...shape,
  palette: {
    themePrimary: '#0f6cbd',
    themeLighterAlt: '#f4f8fc',
    themeLighter: '#d3e4f5',
    themeLight: '#aecdec',
    themeTertiary: '#649fd7',
    themeSecondary: '#2278c5',
    themeDarkAlt: '#0d61aa',
    themeDark: '#0b528f',
    themeDarker: '#083c6a',
    neutralLighterAlt: '#fafafa',
    neutralLighter: '#f5f5f5',
    neutralLight: '#ebebeb',
    neutralQuaternaryAlt: '#e0e0e0',
    neutralQuaternary: '#d1d1d1',
    neutralTertiaryAlt: '#c7c7c7',
    neutralTertiary: '#a19f9d',
    neutralSecondary: '#616161',
    neutralPrimaryAlt: '#424242',
    neutralPrimary: '#242424',
    neutralDark: '#1f1f1f',
    black: '#141414',
    white: '#ffffff',
  },
});

const dark = createTheme({
  ...shape,
  isInverted: true,
  palette: {
    themePrimary: '#479ef5',
    themeLighterAlt: '#030609',
    themeLighter: '#0b1927',
    themeLight: '#153049',
    themeTertiary: '#2b5f93',
    themeSecondary: '#3f8bd8',
    themeDarkAlt: '#5aa9f6',
    themeDark: '#75b7f8',
    themeDarker: '#9ccbfa',
    neutralLighterAlt: '#333333',
    neutralLighter: '#3d3d3d',
    neutralLight: '#474747',
    neutralQuaternaryAlt: '#525252',
    neutralQuaternary: '#575757',
    neutralTertiaryAlt: '#666666',
    neutralTertiary: '#adadad',
    neutralSecondary: '#c2c2c2',
    neutralPrimaryAlt: '#d6d6d6',
    neutralPrimary: '#ffffff',
    neutralDark: '#f5f5f5',
    black: '#fafafa',
    white: '#292929',
  },
  semanticColors: {
    errorBackground: '#3b0509',
    errorIcon: '#eeacb2',
    errorText: '#f1bbbc',
    warningBackground: '#4a2b05',
    warningIcon: '#fcd8a4',
    severeWarningBackground: '#4a2b05',
    severeWarningIcon: '#fcd8a4',
    successBackground: '#052505',
    successIcon: '#9fd89f',
    infoBackground: '#3d3d3d',
    infoIcon: '#d6d6d6',
    messageText: '#ffffff',
    messageLink: '#75b7f8',
  },
});

export const fluentTheme = (theme: Theme): FluentTheme => (theme === 'dark' ? dark : light);
