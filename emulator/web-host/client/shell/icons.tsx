import * as React from 'react';
import { registerIcons, setIconOptions, unregisterIcons } from '@fluentui/react';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowExitRegular } from '@fluentui/react-icons/svg/arrow-exit';
import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { BuildingRegular } from '@fluentui/react-icons/svg/building';
import { CalendarLtrRegular } from '@fluentui/react-icons/svg/calendar-ltr';
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronLeftRegular } from '@fluentui/react-icons/svg/chevron-left';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { ChevronUpRegular } from '@fluentui/react-icons/svg/chevron-up';
import { CircleRegular } from '@fluentui/react-icons/svg/circle';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { ErrorCircleRegular } from '@fluentui/react-icons/svg/error-circle';
import { InfoRegular } from '@fluentui/react-icons/svg/info';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal';
import { PauseRegular } from '@fluentui/react-icons/svg/pause';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { SaveArrowRightRegular } from '@fluentui/react-icons/svg/save-arrow-right';
import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { SettingsRegular } from '@fluentui/react-icons/svg/settings';
import { StopRegular } from '@fluentui/react-icons/svg/stop';
import { TableRegular } from '@fluentui/react-icons/svg/table';
import { WarningRegular } from '@fluentui/react-icons/svg/warning';
import { PageFitRegular } from '@fluentui/react-icons/svg/page-fit';
import { SubtractRegular } from '@fluentui/react-icons/svg/subtract';
import { DataBarVerticalRegular } from '@fluentui/react-icons/svg/data-bar-vertical';
import { AttachRegular } from '@fluentui/react-icons/svg/attach';
import { MailRegular } from '@fluentui/react-icons/svg/mail';
import { NoteRegular } from '@fluentui/react-icons/svg/note';
import { CallRegular } from '@fluentui/react-icons/svg/call';
import { ClipboardTaskRegular } from '@fluentui/react-icons/svg/clipboard-task';
import { PersonArrowRightRegular } from '@fluentui/react-icons/svg/person-arrow-right';

/** Names that Fluent UI 8, controls and our pages ask for, each as SVG: nothing is fetched from elsewhere. */
const icons = {
  Accept: <CheckmarkRegular />,
  Add: <AddRegular />,
  AddFriend: <PersonArrowRightRegular />,
  Attach: <AttachRegular />,
  Back: <ArrowLeftRegular />,
  Blocked2: <ErrorCircleRegular />,
  Calendar: <CalendarLtrRegular />,
  Cancel: <DismissRegular />,
  Chart: <DataBarVerticalRegular />,
  CheckMark: <CheckmarkRegular />,
  ChevronDown: <ChevronDownRegular />,
  ChevronLeft: <ChevronLeftRegular />,
  ChevronRight: <ChevronRightRegular />,
  ChevronUp: <ChevronUpRegular />,
  CircleRing: <CircleRegular />,
  Clear: <DismissRegular />,
  Completed: <CheckmarkCircleRegular />,
  Contact: <PersonRegular />,
  Copy: <CopyRegular />,
  Delete: <DeleteRegular />,
  Down: <ArrowDownRegular />,
  Edit: <EditRegular />,
  EmptyTable: <BuildingRegular />,
  Error: <ErrorCircleRegular />,
  ErrorBadge: <ErrorCircleRegular />,
  FitPage: <PageFitRegular />,
  Info: <InfoRegular />,
  Leave: <ArrowExitRegular />,
  Lock: <LockClosedRegular />,
  Mail: <MailRegular />,
  More: <MoreHorizontalRegular />,
  Note: <NoteRegular />,
  Phone: <CallRegular />,
  Remove: <SubtractRegular />,
  Pause: <PauseRegular />,
  Play: <PlayRegular />,
  Refresh: <ArrowClockwiseRegular />,
  Save: <SaveRegular />,
  SaveAndClose: <SaveArrowRightRegular />,
  Search: <SearchRegular />,
  Settings: <SettingsRegular />,
  SortDown: <ArrowDownRegular />,
  SortUp: <ArrowUpRegular />,
  Stop: <StopRegular />,
  StatusCircleCheckmark: <CheckmarkRegular />,
  Table: <TableRegular />,
  Task: <ClipboardTaskRegular />,
  Undo: <ArrowUndoRegular />,
  Up: <ArrowUpRegular />,
  Warning: <WarningRegular />,
};

export function installIcons(): void {
  // Fluent UI has put its icon fonts under these names; whichever comes first stays.
  setIconOptions({ disableWarnings: true });
  unregisterIcons(Object.keys(icons));
  registerIcons({ icons });
}
