/**
 * Proxy of `ng serve`: the server's routes on the development server's own origin, so that the application
 * sees one origin as it does in production. `/sessions` and `/tasks` are pages as well as REST collections: a
 * browser that navigates to one asks for HTML and gets the application.
 */
const target = `http://127.0.0.1:${process.env['PORT'] ?? '8000'}`;

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {string | undefined} The page to serve instead of asking the server.
 */
function pageFor(request) {
  return request.headers.accept?.includes('text/html') ? '/index.html' : undefined;
}

export default {
  '/sessions': { target, bypass: pageFor },
  '/tasks': { target, bypass: pageFor },
  '/overview': { target },
  '/health': { target },
  '/ws/ws': { target, ws: true },
};
