# An exact version, so that the same source gives the same image.
FROM node:24.21.0-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

# A stage of its own, so that a change of the source does not make this layer anew.
FROM node:24.21.0-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

FROM node:24.21.0-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json schema.sql schema.sqlite.sql ./
COPY --from=build /app/dist ./dist
COPY reference ./reference
# The image's user `node`, by number, so that Kubernetes can tell that it is not root. The files are root's: the
# server can read them and change nothing.
USER 1000:1000
EXPOSE 3000
# Liveness, not readiness: replacing the container mends no Redis or MySQL that is down.
HEALTHCHECK --interval=10s --timeout=5s --start-period=40s --start-interval=1s \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/health/live', { signal: AbortSignal.timeout(2000) }).then(res => process.exit(res.ok ? 0 : 1), () => process.exit(1))"]
# No npm and no shell between: node itself is process 1 and gets the signal.
STOPSIGNAL SIGTERM
CMD ["node", "--no-allocation-site-pretenuring", "--max-semi-space-size=32", "dist/server.js"]
