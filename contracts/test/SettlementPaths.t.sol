// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Facts, JobOffer, Outcome, Path} from "../src/types/Terms.sol";
import {Market} from "./utils/Market.sol";

/// @notice Every row of the payout table, walked through the contract. Price 1001, creator's stake 300, provider's
/// stake 2500, late penalty 200, mediation fee 100 over 3 seats, solver's fee 50: two votes cost 66, half 33.
contract SettlementPathsTest is Market {
    struct Row {
        uint256 provider;
        uint256 creator;
        uint256 mediators;
        uint256 sink;
    }

    function test_path_receipt() external {
        Facts memory f = _open(_offer());
        settlement.settle(_list(_receipt(f, 0)));
        _assertRow(f, Path.Receipt, Row(3501, 300, 0, 0));
    }

    function test_path_unjudged() external {
        Facts memory f = _open(_offer());
        _submit(f);
        _expire(f, JUDGE_FOR);
        _assertRow(f, Path.Unjudged, Row(3501, 300, 0, 0));
    }

    function test_path_auditDodged() external {
        Facts memory f = _open(_auditedOffer(1, false));
        _submit(f);
        _expire(f, JUDGE_FOR);
        _assertRow(f, Path.AuditDodged, Row(3501, 0, 0, 300));
    }

    function test_path_expired() external {
        Facts memory f = _open(_offer());
        _expire(f, SUBMIT_FOR);
        _assertRow(f, Path.Expired, Row(2300, 1351, 0, 150));
        (,,, bytes26 digest) = settlement.outcome(f.jobHash);
        vm.assertEq(digest, 0, "a result that never came");
    }

    function test_path_noReveal() external {
        Facts memory f = _open(_offer());
        _submit(f);
        _challenge(f);
        _expire(f, REVEAL_FOR);
        _assertRow(f, Path.NoReveal, Row(0, 1351, 0, 2450));
    }

    function test_path_upheldChallenge() external {
        _assertVerdict(_offer(), Outcome.Upheld, Path.UpheldChallenge, Row(3501, 0, 66, 234));
    }

    function test_path_upheldAudit() external {
        _assertVerdict(_auditedOffer(5000, true), Outcome.Upheld, Path.UpheldAudit, Row(3501, 234, 66, 0));
    }

    /// @dev The deal has audits, but the coin did not ask for this one.
    function test_path_upheldChallengeBesideAudits() external {
        JobOffer memory o = _auditedOffer(5000, false);
        _assertVerdict(o, Outcome.Upheld, Path.UpheldChallenge, Row(3501, 0, 66, 234));
    }

    function test_path_late() external {
        _assertVerdict(_offer(), Outcome.Late, Path.Late, Row(3468, 267, 66, 0));
    }

    function test_path_refund() external {
        _assertVerdict(_offer(), Outcome.Refund, Path.Refund, Row(2417, 1318, 66, 0));
    }

    function test_path_fraud() external {
        _assertVerdict(_offer(), Outcome.Fraud, Path.Fraud, Row(0, 1351, 66, 2384));
    }

    function test_path_fraudWithThreeVotes() external {
        Facts memory f = _draw(_offer());
        _resolve(f, Outcome.Fraud, _votes(f, Outcome.Fraud, 3));
        _assertRow(f, Path.Fraud, Row(0, 1351, 99, 2351));
    }

    function test_path_lateWithThreeVotes() external {
        Facts memory f = _draw(_offer());
        _resolve(f, Outcome.Late, _votes(f, Outcome.Late, 3));
        _assertRow(f, Path.Late, Row(3452, 250, 99, 0));
    }

    function test_path_noVerdictChallenge() external {
        Facts memory f = _draw(_offer());
        _expire(f, MEDIATE_FOR);
        _assertRow(f, Path.NoVerdictChallenge, Row(3000, 801, 0, 0));
    }

    function test_path_noVerdictAudit() external {
        Facts memory f = _draw(_auditedOffer(5000, true));
        _expire(f, MEDIATE_FOR);
        _assertRow(f, Path.NoVerdictAudit, Row(3501, 300, 0, 0));
    }

    function _assertVerdict(JobOffer memory o, Outcome outcome, Path path, Row memory want) private {
        Facts memory f = _draw(o);
        _resolve(f, outcome, _votes(f, outcome, 2));
        _assertRow(f, path, want);
    }

    function _expire(Facts memory f, uint256 window) private {
        vm.warp(START + window + 1);
        vm.prank(stranger);
        settlement.expire(f, CREATOR_SEED);
    }

    function _assertRow(Facts memory f, Path path, Row memory want) private view {
        _assertPath(f.jobHash, path);
        vm.assertEq(_free(provider), FUNDS - PROVIDER_STAKE + want.provider, "provider");
        vm.assertEq(_free(creator), FUNDS - PRICE - CREATOR_STAKE - SOLVER_FEE + want.creator, "creator");
        vm.assertEq(_free(sink), want.sink, "sink");
        vm.assertEq(_free(solver), SOLVER_FEE, "solver");
        uint256 mediators;
        for (uint256 i = 0; i < members.length; ++i) {
            mediators += _free(members[i]);
        }
        vm.assertEq(mediators, want.mediators, "mediators");
        vm.assertEq(
            want.provider + want.creator + want.mediators + want.sink,
            uint256(PRICE) + CREATOR_STAKE + PROVIDER_STAKE,
            "row"
        );
    }
}
