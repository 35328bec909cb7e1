/** The bundle that brings its own polyfills; the package's other entry expects Node's. */
declare module 'simple-peer/simplepeer.min.js' {
  import SimplePeer = require('simple-peer');
  export default SimplePeer;
}
