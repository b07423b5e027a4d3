# Taskr for production: as a user without rights, on a file system that it never writes to. docs/running.md says how.

FROM node:26-slim AS build
WORKDIR /taskr
# The manifests alone, so that a change to the code does not install everything again.
COPY package.json package-lock.json .npmrc ./
COPY app/package.json app/
COPY attio/package.json attio/
COPY local-attio/package.json local-attio/
COPY tools tools
RUN npm ci --omit=dev --no-audit --no-fund
COPY attio attio
COPY local-attio local-attio
COPY app app
# The image has its own Node, and nothing is bundled once the browser code is built.
RUN node tools/build.ts \
  && rm -rf node_modules/.bin node_modules/node node_modules/esbuild node_modules/@esbuild

FROM node:26-slim
WORKDIR /taskr
COPY --from=build /taskr/package.json /taskr/package-lock.json ./
COPY --from=build /taskr/tools tools
COPY --from=build /taskr/attio attio
COPY --from=build /taskr/local-attio local-attio
COPY --from=build /taskr/app app
COPY --from=build /taskr/node_modules node_modules
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3050
# Memory of hashed passwords goes back to the system at once (docs/running.md).
ENV MALLOC_MMAP_THRESHOLD_=1000000
EXPOSE 3050
USER 65534:65534
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "tools/is-healthy.ts"]
CMD ["node", "app/main.ts"]
