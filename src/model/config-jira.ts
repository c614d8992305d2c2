import { z } from 'zod'

const panel = z.enum(['auto', 'on', 'off'])
const status = z.string().min(1).nullable().default(null)

const transitions = z.strictObject({
  branch: status.meta({ description: 'After the first push of the branch.' }),
  'pull-request': status.meta({ description: 'After the pull request was opened.' }),
  merged: status.meta({ description: 'After the merge.' }),
  staging: status.meta({ description: 'After a deployment to an environment of type staging.' }),
  production: status.meta({ description: 'After a deployment to an environment of type production.' }),
  'rolled-back': status.meta({ description: 'After a rollback.' }),
})

/** The section `jira`: what is written there. */
export const jira = z.strictObject({
  panels: z
    .strictObject({
      development: panel.default('auto').meta({ description: 'Branches and pull requests.' }),
      builds: panel.default('auto').meta({ description: 'Checks, as builds.' }),
      deployments: panel.default('auto').meta({ description: 'Deployments.' }),
    })
    .prefault({})
    .meta({ description: "What the issue's panels show; auto is on when the credentials allow it." }),
  transitions: transitions.prefault({}).meta({
    description:
      "The status an issue is moved to when its change gets somewhere, by its name in the language of Waybill's account in Jira, or by its number; null moves nothing.",
  }),
  'fix-version': z.boolean().default(false).meta({ description: "Set the issue's fix version to the release." }),
  comment: z.boolean().default(true).meta({ description: 'One living comment for each issue and pull request.' }),
})
