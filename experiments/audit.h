// The experiment "audit": every check of core/attacks on every cipher, with its nonce frozen and
// live. One cell is one cipher in one mode.
#ifndef CHAOSENSE_EXPERIMENTS_AUDIT_H_
#define CHAOSENSE_EXPERIMENTS_AUDIT_H_

#include <memory>
#include <string>
#include <vector>

#include "core/attacks/check.h"
#include "core/harness/experiment.h"

namespace chaosense {

// A cell's target, and what it points to.
struct PreparedTarget {
  std::unique_ptr<Cipher> cipher;
  std::shared_ptr<const Reconstructor> method;  // null: pictures are encrypted as they are
  std::string picture_name;
  AuditTarget target;
};
PreparedTarget PrepareTarget(const Cell& cell, const CellContext& context);

// One picture of all that a check shows, side by side on white.
ImageU8 SideBySide(const std::vector<CheckPicture>& pictures);

// What a cell keeps of a check for people: id, name, verdict, queries, p_value, evidence, numbers,
// picture (file name).
Json CheckToJson(const CheckInfo& check, const CheckResult& result, const std::string& picture);

// The page of a run: what was asked, what came out, the evidence of every check.
std::string AuditSummary(const std::vector<FinishedCell>& cells);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_AUDIT_H_
