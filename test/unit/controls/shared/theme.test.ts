import { themeOf } from '../../../../controls/shared/theme.ts';

const tokens = { colorNeutralBackground1: '#292929', colorNeutralForeground1: '#ffffff', fontFamilyBase: 'Segoe UI' };

test('a host without a theme leaves the control to what is around it', () => {
  expect(themeOf(undefined, false)).toBeUndefined();
  expect(themeOf({ tokenTheme: undefined }, false)).toBeUndefined();
});

test('tokens become slots; a missing token keeps the default', () => {
  expect(themeOf({ tokenTheme: tokens, isDarkTheme: true }, true)).toEqual({
    palette: { white: '#292929', neutralPrimary: '#ffffff', neutralDark: '#ffffff', black: '#ffffff' },
    semanticColors: { messageText: '#ffffff' },
    isInverted: true,
    rtl: true,
    defaultFontStyle: { fontFamily: 'Segoe UI' },
  });
});

test('the same theme of the host is the same object, another is another', () => {
  const first = themeOf({ tokenTheme: tokens }, false);
  expect(themeOf({ tokenTheme: tokens }, false)).toBe(first);
  expect(themeOf({ tokenTheme: tokens }, true)).not.toBe(first);
  expect(themeOf({ tokenTheme: { ...tokens } }, false)).not.toBe(first);
});
