import { BadRequest } from '../contract/problems.ts'
import { actions } from '../contract/rest/index.ts'
import { answer, type Route, stackIn } from './route.ts'

type Action = keyof typeof actions.actions

const act = answer(
  actions.actOnStack,
  async ({ path, body, caller, engine, policy }) => {
    const action = actionIn(Object.keys(body))
    policy.check(`actions:${action}`, caller, path)
    const stack = stackIn(path)
    const deeds: Readonly<Record<Action, () => Promise<void>>> = {
      suspend: () => engine.suspendStack(caller, { stack }),
      resume: () => engine.resumeStack(caller, { stack }),
      check: () => engine.checkStack(caller, { stack }),
      cancel_update: () => engine.cancelUpdate(caller, { stack, rollback: true }),
      cancel_without_rollback: () => engine.cancelUpdate(caller, { stack, rollback: false }),
    }
    await deeds[action]()
    return null
  },
  { checksPolicy: true },
)

function actionIn([name, ...others]: readonly string[]): Action {
  if (name === undefined) throw BadRequest({ message: 'No action specified' })
  if (others.length > 0) throw BadRequest({ message: 'Multiple actions specified' })
  if (isAction(name)) return name
  throw BadRequest({ message: `Invalid action ${name.slice(0, 100)} specified` })
}

const isAction = (name: string): name is Action => Object.hasOwn(actions.actions, name)

/** What answers for the actions of stacks. */
export const actionRoutes: readonly Route[] = [act]
