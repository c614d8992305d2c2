FROM node:24-slim

ENV NODE_ENV=production \
    WAYBILL_DATA=/data \
    PORT=3000
WORKDIR /app

COPY package.json package-lock.json ./
# The package `node` in the development dependencies is left out: the image brings its own.
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

COPY app.yml LICENSE ./
COPY src src
# What is compiled at the first start is kept for the next ones, from the first file on.
RUN mkdir /data node_modules/.cache && chown node:node /data node_modules/.cache
ENV NODE_COMPILE_CACHE=/app/node_modules/.cache/waybill

USER node
# So is an empty embedded database, which the first start need not make then.
RUN node src/prepare.js
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Jobs are given 25 s to end at SIGTERM: stop the container with at least 30 s of grace.
# A small young generation: 30 MB less, at no cost that can be measured.
ENTRYPOINT ["node", "--max-semi-space-size=2", "src/cli/waybill.ts"]
CMD ["start"]
