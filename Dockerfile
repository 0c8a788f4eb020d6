# docker run --rm --network none -v "$PWD:/work:ro" crllint ca.pem crl.der
FROM node:24-slim AS build
WORKDIR /crllint
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build
# Only the packages that crllint itself needs. Optional and peer dependencies belong to the development tools.
RUN npm ci --omit=dev --omit=optional --omit=peer --ignore-scripts --no-audit --no-fund

FROM gcr.io/distroless/nodejs24-debian12:nonroot
COPY --from=build /crllint/package.json /crllint/LICENSE /crllint/
COPY --from=build /crllint/node_modules /crllint/node_modules
COPY --from=build /crllint/dist /crllint/dist
WORKDIR /work
USER nonroot
ENTRYPOINT ["/nodejs/bin/node", "/crllint/dist/cli/main.cjs"]
