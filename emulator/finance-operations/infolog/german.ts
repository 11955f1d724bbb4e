/**
 * Messages of the infolog in German, by their English text; `…` is what is put in, `{1}` the first of it.
 *
 * Decided: the wording. The platform's own German labels are not published; field and table names are those of its German client.
 */
export const messages: Readonly<Record<string, string>> = {
  "'…' is set by dual-write. Change the table map; … may be written here.":
    "'{1}' wird von dualem Schreiben festgelegt. Ändern Sie die Tabellenzuordnung; {2} kann hier geschrieben werden.",
  '… cannot be deleted while dependent … exist. Delete dependent … and try again.':
    '{1} kann nicht gelöscht werden, solange davon abhängige {2} vorhanden sind. Löschen Sie die abhängigen {3}, und versuchen Sie es erneut.',
  '… Credit limit exceeded Open balance: … Current order: … New balance: … Credit limit: … Credit excess: …':
    '{1} Kreditlimit überschritten Offener Saldo: {2} Aktueller Auftrag: {3} Neuer Saldo: {4} Kreditlimit: {5} Überschreitung: {6}',
  'A journal line has a debit or a credit amount, not both.':
    'Eine Erfassungsposition hat entweder einen Soll- oder einen Habenbetrag, nicht beide.',
  'A record that has the attribute values Location ID already exists. (…)':
    'Ein Datensatz mit den Attributwerten Standortkennung ist bereits vorhanden. ({1})',
  'Cannot create a record in …. The record already exists.':
    'In {1} kann kein Datensatz erstellt werden. Der Datensatz ist bereits vorhanden.',
  'Cannot create a record in Contacts (ContactPerson). Contact ID: …. The record already exists.':
    'In Kontakte (ContactPerson) kann kein Datensatz erstellt werden. Kontaktkennung: {1}. Der Datensatz ist bereits vorhanden.',
  'Cannot create a record in Customers (CustTable). Customer account: …. The record already exists.':
    'In Debitoren (CustTable) kann kein Datensatz erstellt werden. Debitorenkonto: {1}. Der Datensatz ist bereits vorhanden.',
  'Cannot create a record in Parties. Party ID: …. The record already exists.':
    'In Parteien kann kein Datensatz erstellt werden. Parteikennung: {1}. Der Datensatz ist bereits vorhanden.',
  'Cannot execute a data definition language command on … (…).':
    'Ein Befehl der Datendefinitionssprache kann für {1} ({2}) nicht ausgeführt werden.',
  "Cannot update a party's type from 'Dir…' to 'Dir…', a delete of the existing party followed by an insert with the new type should be performed instead.":
    "Der Typ einer Partei kann nicht von 'Dir{1}' in 'Dir{2}' geändert werden. Löschen Sie stattdessen die vorhandene Partei, und fügen Sie sie mit dem neuen Typ ein.",
  'Customer … has a mandatory credit limit of 0.': 'Debitor {1} hat ein verbindliches Kreditlimit von 0.',
  'Customer … has a temporary credit limit for these dates already.':
    'Debitor {1} hat für diesen Zeitraum bereits ein temporäres Kreditlimit.',
  'Customer … has no proposed change that waits for approval.':
    'Für Debitor {1} gibt es keine vorgeschlagene Änderung, die auf Genehmigung wartet.',
  "Customer … has no transaction with … '…' in '…'.": "Debitor {1} hat in '{4}' keine Buchung mit {2} '{3}'.",
  'Customer … has proposed changes that wait for approval and cannot be deleted.':
    'Für Debitor {1} gibt es vorgeschlagene Änderungen, die auf Genehmigung warten; er kann nicht gelöscht werden.',
  'Customer … is on hold for ….': 'Debitor {1} ist gesperrt für {2}.',
  "Field '…' cannot be changed. Delete the contact information and make one of the other type.":
    "Das Feld '{1}' kann nicht geändert werden. Löschen Sie die Kontaktinformationen, und legen Sie solche des anderen Typs an.",
  "Field '…' cannot be changed: it says that a purpose is one of the system.":
    "Das Feld '{1}' kann nicht geändert werden: Es besagt, dass ein Zweck vom System stammt.",
  "Field '…' cannot be changed; it follows from posting.":
    "Das Feld '{1}' kann nicht geändert werden; es ergibt sich aus der Buchung.",
  "Field '…' cannot be set; post the journal instead.":
    "Das Feld '{1}' kann nicht festgelegt werden; buchen Sie stattdessen die Erfassung.",
  "Field '…' must be empty for a guarantee.": "Das Feld '{1}' muss bei einer Bürgschaft leer sein.",
  "Field '…' must be filled in.": "Das Feld '{1}' muss ausgefüllt werden.",
  'Invoice … has been settled already.': 'Rechnung {1} wurde bereits ausgeglichen.',
  'Invoice … has nothing open to be written off.':
    'Rechnung {1} hat keinen offenen Betrag, der abgeschrieben werden kann.',
  'Journal … has been posted already.': 'Erfassung {1} wurde bereits gebucht.',
  'Journal … has been posted and cannot be changed.': 'Erfassung {1} wurde gebucht und kann nicht geändert werden.',
  'Journal … has been posted and cannot be deleted.': 'Erfassung {1} wurde gebucht und kann nicht gelöscht werden.',
  'Journal … has no lines.': 'Erfassung {1} hat keine Positionen.',
  'Paging is not supported for queries with temporary tables.':
    'Paging wird für Abfragen mit temporären Tabellen nicht unterstützt.',
  "Party record not found for party type '…'": "Für den Parteityp '{1}' wurde kein Parteidatensatz gefunden",
  'Sales order … has been canceled.': 'Auftrag {1} wurde storniert.',
  'Sales order … has been invoiced already.': 'Auftrag {1} wurde bereits fakturiert.',
  'Sales order … is … and cannot be deleted.': 'Auftrag {1} hat den Status {2} und kann nicht gelöscht werden.',
  'Sales order … is not one of customer ….': 'Auftrag {1} gehört nicht zu Debitor {2}.',
  'Sales order … is …; nothing is left to deliver.': 'Auftrag {1} hat den Status {2}; es ist nichts mehr zu liefern.',
  'The address of customer … cannot be changed because it is closed for editing.':
    'Die Adresse von Debitor {1} kann nicht geändert werden, da sie für die Bearbeitung geschlossen ist.',
  'The address of location … is not current before … and cannot be changed.':
    'Die Adresse des Standorts {1} gilt erst ab {2} und kann nicht geändert werden.',
  'The amount of a payment must be greater than 0.': 'Der Betrag einer Zahlung muss größer als 0 sein.',
  'The amount of an invoice must be greater than 0.': 'Der Betrag einer Rechnung muss größer als 0 sein.',
  'The amounts of a journal line cannot be negative.':
    'Die Beträge einer Erfassungsposition dürfen nicht negativ sein.',
  'The credit limit of customer … cannot be edited. Post a credit limit adjustment instead.':
    'Das Kreditlimit von Debitor {1} kann nicht bearbeitet werden. Buchen Sie stattdessen eine Kreditlimitregulierung.',
  "The legal entity '…' has no ledger with an accounting currency.":
    "Die juristische Person '{1}' hat kein Sachkonto mit einer Buchhaltungswährung.",
  "The feature '…' is off. Enable it in Feature management first.":
    "Das Feature '{1}' ist deaktiviert. Aktivieren Sie es zuerst in der Funktionsverwaltung.",
  "The outcome '…' is none of the responses ….": "Das Ergebnis '{1}' ist keine der Antworten {2}.",
  'The purpose … is one of the system and cannot be deleted.':
    'Der Zweck {1} stammt vom System und kann nicht gelöscht werden.',
  "The status '…' is not one of ….": "Der Status '{1}' ist keiner von {2}.",
  'The transactions … and … cannot be settled: one has to be open in debit, the other in credit.':
    'Die Buchungen {1} und {2} können nicht ausgeglichen werden: Eine muss im Soll, die andere im Haben offen sein.',
  "The value '…' in field '…' is not found in the related table '…'.":
    "Der Wert '{1}' im Feld '{2}' wurde in der zugehörigen Tabelle '{3}' nicht gefunden.",
  "The value '…' in field '…' is not found in the related table '…' for country/region '…'.":
    "Der Wert '{1}' im Feld '{2}' wurde in der zugehörigen Tabelle '{3}' für Land/Region '{4}' nicht gefunden.",
  "The value in field '…' cannot be negative.": "Der Wert im Feld '{1}' darf nicht negativ sein.",
  "The value in field '…' is longer than the … characters it can hold.":
    "Der Wert im Feld '{1}' ist länger als die {2} Zeichen, die es aufnehmen kann.",
  "The value in field '…' must be between … and ….": "Der Wert im Feld '{1}' muss zwischen {2} und {3} liegen.",
  "The value in field '…' must be greater than 0.": "Der Wert im Feld '{1}' muss größer als 0 sein.",
  "The value in field '…' must not be before the value in field '…'.":
    "Der Wert im Feld '{1}' darf nicht vor dem Wert im Feld '{2}' liegen.",
  "The work item '…' does not wait for a response.": "Das Arbeitselement '{1}' wartet nicht auf eine Antwort.",
  'The … of customer … cannot be changed because changes require approval.':
    'Der Wert {1} von Debitor {2} kann nicht geändert werden, da Änderungen genehmigt werden müssen.',
  "There is no exchange rate of type '…' from currency '…' to currency '…' on ….":
    "Für den Typ '{1}' gibt es am {4} keinen Wechselkurs von Währung '{2}' in Währung '{3}'.",
  "There is no payment journal '…' in '…'.": "In '{2}' gibt es keine Zahlungserfassung '{1}'.",
  "There is no sales order '…' in '…'.": "In '{2}' gibt es keinen Auftrag '{1}'.",
  "There is no transaction … in '…'.": "In '{2}' gibt es keine Buchung {1}.",
};

/** Names of fields, tables and states that messages put in. */
export const names: Readonly<Record<string, string>> = {
  All: 'Alle',
  'Business events endpoints': 'Geschäftsereignisendpunkte',
  'Contact for': 'Kontakt für',
  'Contact number/address': 'Kontaktnummer/Adresse',
  'Country/region': 'Land/Region',
  County: 'Landkreis',
  City: 'Stadt',
  'Credit limit': 'Kreditlimit',
  'Credit limit ID': 'Kreditlimitkennung',
  Currencies: 'Währungen',
  Currency: 'Währung',
  'Customer account': 'Debitorenkonto',
  'Customer credit groups': 'Debitorenkreditgruppen',
  'Customer group': 'Debitorengruppe',
  'Customer groups': 'Debitorengruppen',
  Customers: 'Debitoren',
  District: 'Bezirk',
  Effective: 'Gültig ab',
  'Exchange rate': 'Wechselkurs',
  'Exchange rate type': 'Wechselkurstyp',
  'Exchange rate types': 'Wechselkurstypen',
  Expiration: 'Ablauf',
  'From date': 'Von-Datum',
  'Global address book': 'Globales Adressbuch',
  'Insurer/Guarantor': 'Versicherer/Bürge',
  Invoice: 'Rechnung',
  'Journal batch number': 'Erfassungsnummer',
  'Ledger journal table': 'Erfassungstabelle',
  Location: 'Standort',
  Locations: 'Standorte',
  Name: 'Name',
  Organization: 'Organisation',
  Parties: 'Parteien',
  'Party ID': 'Parteikennung',
  Payment: 'Zahlung',
  Person: 'Person',
  Posted: 'Gebucht',
  State: 'Bundesland/Kanton',
  Status: 'Status',
  'Terms of payment': 'Zahlungsbedingung',
  'To date': 'Bis-Datum',
  Type: 'Typ',
  'Vendor group': 'Kreditorengruppe',
  'Vendor groups': 'Kreditorengruppen',
  Vendors: 'Kreditoren',
  'ZIP/postal code': 'Postleitzahl',
};
