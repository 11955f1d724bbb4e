import { offsetMinutes, userCulture } from '../language/formats';
import { languages, userLanguage } from '../language/speak';
import { appInSight } from '../shell/open-row';
import { urlOf } from '../shell/place';
import { currentUser } from '../shell/users';
import type { SessionFacts } from '../web-api/session-facts';
import { collection } from './collection';
import { membersOf } from './members-of';

let facts: SessionFacts = {
  organizationId: '',
  organizationName: 'local',
  baseCurrency: undefined,
  currency: undefined,
  isAutoSaveEnabled: true,
  roles: [],
};

/** Whether forms save by themselves, as the environment is set. */
export const isAutoSaveEnabled = (): boolean => facts.isAutoSaveEnabled;
export const setSessionFacts = (given: SessionFacts): void => void (facts = given);

const braced = (id: string) => `{${id.toUpperCase()}}`;
const version = '9.2.24000.100';

/** `Xrm.Utility.getGlobalContext()`: who uses which app of which environment. */
export function globalContext(): object {
  const user = currentUser();
  const userSettings = membersOf('userSettings', {
    userId: braced(user.id),
    userName: user.name,
    languageId: userLanguage(),
    isRTL: false,
    isHighContrastEnabled: window.matchMedia?.('(forced-colors: active)').matches ?? false,
    isGuidedHelpEnabled: false,
    defaultDashboardId: '',
    roles: collection(
      () => facts.roles,
      (role) => (role as { name: string }).name,
    ),
    securityRoles: facts.roles.map(({ id }) => id),
    transactionCurrency: facts.currency,
    transactionCurrencyId: facts.currency?.id ?? '',
    dateFormattingInfo: dateFormattingInfo(),
    getTimeZoneOffsetMinutes: (at?: Date) => offsetMinutes(at ?? new Date()),
  });
  const client = membersOf('client', {
    getClient: () => 'Web',
    getClientState: () => 'Online',
    getFormFactor: () => 1,
    isOffline: () => false,
    isNetworkAvailable: () => navigator.onLine,
  });
  const organizationSettings = membersOf('organizationSettings', {
    languageId: languages.english,
    uniqueName: facts.organizationName,
    organizationId: facts.organizationId,
    baseCurrency: facts.baseCurrency,
    baseCurrencyId: facts.baseCurrency?.id ?? '',
    isAutoSaveEnabled: facts.isAutoSaveEnabled,
    defaultCountryCode: '',
    useSkypeProtocol: false,
  });
  return membersOf('the global context', {
    client,
    userSettings,
    organizationSettings,
    getClientUrl: () => location.origin,
    getVersion: () => version,
    getCurrentAppName: async () => appInSight()?.name ?? '',
    getCurrentAppProperties: async () => {
      const app = appInSight();
      if (app === undefined) throw new Error('There is no app in sight.');
      return { appId: app.id, displayName: app.name, uniqueName: app.uniqueName, url: appUrl() };
    },
    getCurrentAppUrl: appUrl,
    getWebResourceUrl: (name: string) => `${location.origin}/WebResources/${name}`,
    isOnPremise: () => false,
    prependOrgName: (path: string) => path,
    getIsAutoSaveEnabled: () => facts.isAutoSaveEnabled,
    getOrgLcid: () => languages.english,
    getOrgUniqueName: () => facts.organizationName,
    getUserId: () => braced(user.id),
    getUserLcid: () => userLanguage(),
    getUserName: () => user.name,
    getUserRoles: () => facts.roles.map(({ id }) => id),
    getTimeZoneOffsetMinutes: () => offsetMinutes(new Date()),
    getQueryStringParameters: () => Object.fromEntries(new URLSearchParams(location.search)),
  });
}

function appUrl(): string {
  const app = appInSight();
  return app === undefined ? location.origin : location.origin + urlOf({ kind: 'app', app: app.id });
}

/** Names and separators of the user's culture; patterns as .NET writes them are not among them. */
function dateFormattingInfo(): object {
  const names = (options: Intl.DateTimeFormatOptions, dates: readonly Date[]) =>
    dates.map((date) => new Intl.DateTimeFormat(userCulture(), { ...options, timeZone: 'UTC' }).format(date));
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2023, month, 1)));
  const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2023, 0, 1 + day)));
  const parts = new Intl.DateTimeFormat(userCulture()).formatToParts(days[0]);
  return membersOf('dateFormattingInfo', {
    MonthNames: names({ month: 'long' }, months),
    AbbreviatedMonthNames: names({ month: 'short' }, months),
    DayNames: names({ weekday: 'long' }, days),
    AbbreviatedDayNames: names({ weekday: 'short' }, days),
    ShortestDayNames: names({ weekday: 'narrow' }, days),
    FirstDayOfWeek: userCulture() === 'en-US' ? 0 : 1,
    DateSeparator: parts.find(({ type }) => type === 'literal')?.value.trim() ?? '/',
  });
}
