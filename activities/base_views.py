"""The page on which a plan's activities are tied to those of the superior plan that they make concrete."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.gates import signed_in
from accounts.models import User
from plans.fields import posted, refuse, select
from plans.gates import drafted_plan
from plans.models import Plan

from .bases import name_bases, offered_bases, own_activities, readable_base
from .models import Activity
from .wording import time_of

UNPROCESSABLE = 422


class BasesForm(forms.Form):
    """For each activity of a plan the one above that it makes concrete."""

    def __init__(self, *args: Any, plan: Plan, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = {str(activity.pk): activity for activity in offered_bases(plan, user=user)}
        choices = [("", gettext_lazy("none above")), *((key, str(row)) for key, row in self._offered.items())]
        self._activities = own_activities(plan)
        for activity, now in self._activities:
            self.fields[f"a{activity.pk}"] = forms.ChoiceField(
                label=activity.name,
                choices=choices,
                required=False,
                initial=str(now) if now else "",
                help_text=time_of(activity),
                widget=select(),
            )

    @property
    def bases(self) -> dict[int, Activity | None]:
        """Activity id → the activity above, null for none."""
        return {row.pk: self._offered.get(self.cleaned_data[f"a{row.pk}"]) for row, _now in self._activities}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_bases(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Say which superior activity each activity of a plan makes concrete; for officers."""
    user = signed_in(request)
    plan = drafted_plan(user, plan_id)
    if readable_base(plan, user=user) is None:
        raise Http404
    form = BasesForm(posted(request), plan=plan, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            name_bases(actor=user, plan=plan, bases=form.bases)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("What the activities make concrete has been kept."))
            return redirect("plans:detail", plan.pk)
    context = {"nav_key": "plans", "form": form, "plan": plan}
    return render(request, "activities/bases.html", context, status=UNPROCESSABLE if form.errors else 200)
