import '@fontsource-variable/source-sans-3/wght.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './App';
import { AppProvider, type Services } from './app/AppContext';
import './app/styles.css';
import { createI18n, systemLanguage } from './i18n/createI18n';
import { createMedia } from './media/createMedia';
import { startExport } from './media/export/startExport';
import { createRecordingPlayer } from './media/player/createRecordingPlayer';
import { connectStores } from './stores/connectStores';
import { createMediaStore } from './stores/mediaStore';
import { createStores } from './stores/stores';

/** Makes everything this window works with and shows it. */
export function start(): void {
  const bridge = window.konklave;
  const mediaStore = createMediaStore();
  const media = createMedia(bridge, navigator.mediaDevices, mediaStore);
  const stores = createStores(mediaStore);
  connectStores(bridge, stores);
  const services: Services = {
    bridge,
    stores,
    media: media.controller,
    createPlayer: createRecordingPlayer,
    startExport: (detail, options) => startExport(bridge, detail, options),
  };

  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no #root');
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={createI18n(systemLanguage(navigator.languages))}>
        <AppProvider services={services}>
          <App />
        </AppProvider>
      </I18nextProvider>
    </StrictMode>,
  );
}
