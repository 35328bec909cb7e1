import type { Language } from '../../common/meeting/models';

/** The few sentences main says by itself, in native dialogs; everything else is worded in the renderer's locales. */
export const nativeTexts = {
  de: {
    exportTitle: 'Aufzeichnung exportieren',
    exportFilter: 'WebM-Video',
    saveWithdrawal: 'Widerruf sichern',
    saveProof: 'Löschbestätigung sichern',
    saveReceipt: 'Beleg sichern',
    saveReceipts: 'Ordner für die Belege',
    readLetter: 'Nachricht einlesen',
    letterFilter: 'Nachrichten von Konklave',
    receiptFilter: 'Beleg (JSON-LD)',
    kantaraFilter: 'Beleg (Kantara)',
    allFiles: 'Alle Dateien',
    leaveMessage: 'Möchten Sie die Besprechung verlassen?',
    leaveDetail: 'Wenn Sie das Fenster schließen, verlassen Sie die Besprechung.',
    leaveDetailHost:
      'Wenn Sie das Fenster schließen, endet die Besprechung für alle, und eine laufende Aufzeichnung wird beendet.',
    leave: 'Verlassen',
    stay: 'Bleiben',
  },
  en: {
    exportTitle: 'Export recording',
    exportFilter: 'WebM video',
    saveWithdrawal: 'Save withdrawal',
    saveProof: 'Save confirmation of deletion',
    saveReceipt: 'Save receipt',
    saveReceipts: 'Folder for the receipts',
    readLetter: 'Read in a message',
    letterFilter: 'Messages from Konklave',
    receiptFilter: 'Receipt (JSON-LD)',
    kantaraFilter: 'Receipt (Kantara)',
    allFiles: 'All files',
    leaveMessage: 'Leave the meeting?',
    leaveDetail: 'Closing the window takes you out of the meeting.',
    leaveDetailHost: 'Closing the window ends the meeting for everyone and stops a running recording.',
    leave: 'Leave',
    stay: 'Stay',
  },
} as const satisfies Record<Language, Record<string, string>>;
