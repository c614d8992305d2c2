/** `.github/waybill.yml` of a fresh repository in the sandbox: everything the road needs, nothing that waits for the clock. */
export const defaultConfig = `version: 1
issues:
  projects: [SHOP]
merge:
  approvals: 1
  checks: all
  settle: 0s
release:
  checks: all
environments:
  - name: staging
    type: staging
    deploy: auto
  - name: production
    type: production
    deploy: manual
    promoters: ["@acme/analysts"]
`
