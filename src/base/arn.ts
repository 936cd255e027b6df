/** The name by which a stack is known everywhere: CloudFormation calls it its ID. */
export const stackArn = ({
  projectId,
  name,
  id,
}: {
  readonly projectId: string
  readonly name: string
  readonly id: string
}): string => `arn:openstack:heat::${projectId}:stacks/${name}/${id}`
