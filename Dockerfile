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
RUN mkdir /data && chown node:node /data

USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Jobs are given 25 s to end at SIGTERM: stop the container with at least 30 s of grace.
ENTRYPOINT ["node", "src/cli/waybill.ts"]
CMD ["start"]
