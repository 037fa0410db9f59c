// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Outcome, Path} from "../types/Terms.sol";

/// @title Who gets what at the end of a deal
/// @notice Every path hands out exactly price + creatorStake + providerStake. No side gains from another's stake
/// beyond being made whole; what is left of it goes to the sink.
/// @dev Nothing here can underflow under the terms that Settlement accepts at open:
/// mediationFee <= creatorStake, mediationFee + solverFee <= providerStake,
/// solverFee <= latePenalty <= providerStake.
library Payouts {
    /// @param fees what all paid mediators get together, at most the mediation fee
    struct Amounts {
        uint256 price;
        uint256 creatorStake;
        uint256 providerStake;
        uint256 latePenalty;
        uint256 solverFee;
        uint256 fees;
    }

    struct Split {
        uint256 provider;
        uint256 creator;
        uint256 sink;
    }

    /// @notice The shares of all but the mediators, who get `fees` between them on the paths of a verdict.
    function split(Path path, Amounts memory a) internal pure returns (Split memory s) {
        if (path == Path.Receipt || path == Path.Unjudged || path == Path.NoVerdictAudit) {
            return paid(a.price, a.creatorStake, a.providerStake);
        } else if (path == Path.AuditDodged) {
            s.provider = a.price + a.providerStake;
            s.sink = a.creatorStake;
        } else if (path == Path.Expired) {
            s.provider = a.providerStake - a.latePenalty;
            s.creator = a.price + a.creatorStake + a.solverFee;
            s.sink = a.latePenalty - a.solverFee;
        } else if (path == Path.NoReveal) {
            s.creator = a.price + a.creatorStake + a.solverFee;
            s.sink = a.providerStake - a.solverFee;
        } else if (path == Path.NoVerdictChallenge) {
            s.provider = a.price / 2 + a.providerStake;
            s.creator = a.price - a.price / 2 + a.creatorStake;
        } else {
            return _splitVerdict(path, a);
        }
    }

    /// @notice The split of a deal that went well.
    function paid(uint256 price, uint256 creatorStake, uint256 providerStake)
        internal
        pure
        returns (Split memory)
    {
        return Split({provider: price + providerStake, creator: creatorStake, sink: 0});
    }

    function _splitVerdict(Path path, Amounts memory a) private pure returns (Split memory s) {
        uint256 half = a.fees / 2;
        if (path == Path.UpheldChallenge) {
            s.provider = a.price + a.providerStake;
            s.sink = a.creatorStake - a.fees;
        } else if (path == Path.UpheldAudit) {
            s.provider = a.price + a.providerStake;
            s.creator = a.creatorStake - a.fees;
        } else if (path == Path.Late) {
            s.provider = a.price + a.providerStake - half;
            s.creator = a.creatorStake - (a.fees - half);
        } else if (path == Path.Refund) {
            s.provider = a.providerStake - half - a.solverFee;
            s.creator = a.price + a.creatorStake - (a.fees - half) + a.solverFee;
        } else {
            assert(path == Path.Fraud);
            s.creator = a.price + a.creatorStake + a.solverFee;
            s.sink = a.providerStake - a.fees - a.solverFee;
        }
    }

    /// @notice The path of a verdict.
    function pathOf(Outcome outcome, bool audit) internal pure returns (Path) {
        if (outcome == Outcome.Upheld) return audit ? Path.UpheldAudit : Path.UpheldChallenge;
        if (outcome == Outcome.Late) return Path.Late;
        if (outcome == Outcome.Refund) return Path.Refund;
        assert(outcome == Outcome.Fraud);
        return Path.Fraud;
    }
}
