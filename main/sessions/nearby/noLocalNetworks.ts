import type { OpenLocalNetworks } from './localNetworks';

/** Where there is no local network: says so, and sends nothing. */
export const noLocalNetworks: OpenLocalNetworks = ({ changed }) => {
  let isClosed = false;
  queueMicrotask(() => {
    if (!isClosed) changed('no-network');
  });
  return {
    send: () => {},
    close: async () => {
      isClosed = true;
    },
  };
};
