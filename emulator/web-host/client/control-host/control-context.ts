import type { FormModel } from '../form/form-model';
import type { ControlDescription } from '../form/form-xml';
import { userLanguage } from '../language/speak';
import { entityMetadata } from '../xrm/entity-metadata';
import { webApi } from '../xrm/web-api';
import type { DataSet } from './data-set/data-set';
import { formatting } from './formatting';
import type { LoadedControl } from './load-control';
import { parameterFor } from './parameter';
import { themeTokens } from './theme-tokens';

export interface ContextParts {
  readonly loaded: LoadedControl;
  readonly description: ControlDescription;
  /** The row of the form the control is on; undefined on a list. */
  readonly model: FormModel | undefined;
  readonly dataSets: ReadonlyMap<string, DataSet>;
  readonly label: string;
  readonly isDisabled: boolean;
  readonly isDark: boolean;
  /** Why it is drawn again. */
  readonly updated: readonly string[];
  readonly place: ControlPlace;
}

/** The control's place on the page. */
export interface ControlPlace {
  /** Pixels; -1 until the control asks to be told. */
  readonly width: number;
  readonly state: Record<string, unknown>;
  requestRender(): void;
  trackResize(isWanted: boolean): void;
  setFullScreen(isWanted: boolean): void;
}

interface Page {
  readonly Xrm: {
    readonly Navigation: object;
    readonly Utility: {
      getGlobalContext(): { readonly userSettings: object };
      lookupObjects(options: object): Promise<unknown>;
    };
  };
}

/** The context as the documents describe it; features the manifest does not name are null. */
export function contextFor(parts: ContextParts): object {
  const { loaded, model, isDark, updated, place } = parts;
  const { Xrm } = window as unknown as Page;
  return {
    parameters: parametersOf(parts),
    updatedProperties: updated,
    mode: modeOf(parts),
    client: {
      disableScroll: false,
      getFormFactor: () => 1,
      getClient: () => 'Web',
      isOffline: () => false,
      isNetworkAvailable: () => navigator.onLine,
    },
    factory: { requestRender: () => place.requestRender(), getPopupService: () => null },
    formatting,
    navigation: Xrm.Navigation,
    resources: { getString: (key: string) => loaded.strings.get(key) ?? key, getResource: () => undefined },
    userSettings: {
      ...Xrm.Utility.getGlobalContext().userSettings,
      languageId: userLanguage(),
      dateFormattingInfo: {},
      numberFormattingInfo: {},
    },
    utils: loaded.features.has('Utility')
      ? { getEntityMetadata: entityMetadata, hasEntityPrivilege: () => true }
      : null,
    webAPI: loaded.features.has('WebAPI') ? webApi : null,
    fluentDesignLanguage: { isDarkTheme: isDark, tokenTheme: isDark ? themeTokens.dark : themeTokens.light },
    events: {},
    page: model === undefined ? undefined : { entityId: model.id, entityTypeName: model.table.name },
  };
}

function parametersOf({ loaded, description, model, dataSets }: ContextParts): object {
  const properties = loaded.properties.map((one) => [one.name, parameterFor(one, description, model)]);
  const sets = [...dataSets].map(([name, dataSet]) => [name, dataSet.view()]);
  return Object.fromEntries([...properties, ...sets]) as object;
}

function modeOf({ model, label, isDisabled, place }: ContextParts): object {
  return {
    allocatedHeight: -1,
    allocatedWidth: place.width,
    isControlDisabled: isDisabled,
    isVisible: true,
    label,
    ...(model === undefined
      ? {}
      : { contextInfo: { entityId: model.id, entityTypeName: model.table.name, entityRecordName: model.title } }),
    setControlState(state: Record<string, unknown>) {
      Object.assign(place.state, state);
      return true;
    },
    setFullScreen: (isWanted: boolean) => place.setFullScreen(isWanted),
    trackContainerResize: (isWanted: boolean) => place.trackResize(isWanted),
  };
}
