import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { s3Client } from './s3.ts';

/** What a versioned bucket still holds of an object after it was overwritten or deleted. */
export type Versions = {
  /**
   * Deletes every version but the current one; of an object that is gone, every version and the marks of its deletion.
   * @returns How many were deleted, and how many a lock or a missing right still keeps.
   */
  purge: (key: string) => Promise<{ deleted: number; kept: number }>;
};

/** @param bypassLock Also delete what object lock keeps in governance mode; asks for `s3:BypassGovernanceRetention`. */
export const s3Versions = ({
  bucket: Bucket,
  bypassLock,
  client = s3Client(),
}: {
  bucket: string;
  bypassLock: boolean;
  client?: S3Client;
}): Versions => {
  const remove = async (Key: string, VersionId: string | undefined): Promise<boolean> => {
    const bypass = bypassLock ? { BypassGovernanceRetention: true } : {};
    try {
      await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId, ...bypass }));
      return true;
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403) return false;
      throw error;
    }
  };

  return {
    purge: async (key) => {
      const told = { deleted: 0, kept: 0 };
      let at: Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'> | null = {};
      while (at !== null) {
        const page: ListObjectVersionsCommandOutput = await client.send(
          new ListObjectVersionsCommand({ Bucket, Prefix: key, ...at }),
        );
        const ofKey = (each: { Key?: string | undefined }) => each.Key === key;
        const markers = (page.DeleteMarkers ?? []).filter(ofKey);
        const versions = (page.Versions ?? []).filter((each) => ofKey(each) && each.IsLatest !== true);
        // Markers last: while one stands, the object stays gone.
        for (const { VersionId } of [...versions, ...markers])
          told[(await remove(key, VersionId)) ? 'deleted' : 'kept'] += 1;
        at =
          page.IsTruncated === true
            ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
            : null;
      }
      return told;
    },
  };
};
