import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to the server on which nothing arrives any more, on either side, once it is cut. New connections are whole. */
export async function openWire(port: number) {
  const sockets: Socket[] = []
  const relay = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    const alive = () => !old.has(near)
    sockets.push(near, far)
    near.on('data', (bytes) => alive() && far.write(bytes))
    far.on('data', (bytes) => alive() && near.write(bytes))
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => {})
      one.on('close', () => alive() && other.destroy())
    }
  })
  const old = new Set<Socket>()
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const address = relay.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    cut: () => {
      for (const socket of sockets) old.add(socket)
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      relay.close()
    },
  }
}
